package ui

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// sideways finds what would stand on the wrong side for people who read from
// right to left, and young what Safari 14 or Chrome 87 does not know.
var (
	sideways = regexp.MustCompile(`(^|[;{\s])((margin|padding|border)-(left|right)|left|right)\s*:|text-align:\s*(left|right)|float:`)
	uneven   = regexp.MustCompile(`(^|[;{\s])(margin|padding):\s*([^;{}()\s]+)\s+([^;{}()\s]+)\s+([^;{}()\s]+)\s+([^;{}()\s]+);`)
	rounded  = regexp.MustCompile(`border-radius:\s*([^;{}\s]+)\s+([^;{}\s]+)`)
	young    = regexp.MustCompile(`(margin|padding|border|inset)-(inline|block)\s*:|inset(-[a-z-]+)?\s*:|:has\(|:is\(|color-mix|@container|@layer|border-(start|end)-(start|end)-radius`)
	fixed    = regexp.MustCompile(`font(-size)?:[^;}]*\d(px|pt)`)
	comments = regexp.MustCompile(`(?s)/\*.*?\*/`)
)

// A patient's pages stand the right way round in every direction: sides are
// logical, and what cannot be is turned where the page is.
func TestStylesHaveNoSides(t *testing.T) {
	for _, path := range []string{"src/panel/panel.css", "src/panel/questions.css", "src/visit/visit.css", "src/join/join.css", "src/shared/base.css", "src/shared/call.css", "src/shared/tokens.css"} {
		raw, err := os.ReadFile(filepath.FromSlash(path))
		require.NoError(t, err)
		text := comments.ReplaceAllString(string(raw), "")
		for rule := range strings.SplitSeq(text, "}") {
			selector, body, ok := strings.Cut(rule, "{")
			if !ok {
				continue
			}
			selector = strings.TrimSpace(selector)
			require.False(t, young.MatchString(rule), "%s: %s is too young: %s", path, selector, body)
			sizes := strings.ReplaceAll(body, "max(1rem, 16px)", "") // Safari zooms into smaller fields
			require.False(t, fixed.MatchString(sizes), "%s: %s has a size that the reader cannot change: %s", path, selector, body)
			if strings.Contains(selector, `[dir="rtl"]`) {
				continue
			}
			turned := strings.Contains(text, `[dir="rtl"] `+selector+" {")
			require.True(t, turned || !sideways.MatchString(rule), "%s: %s has a side: %s", path, selector, body)
			require.True(t, turned || !rounded.MatchString(rule), "%s: %s has a corner that is not turned", path, selector)
			for _, m := range uneven.FindAllStringSubmatch(rule, -1) {
				require.Equal(t, m[4], m[6], "%s: %s is uneven: %s", path, selector, body)
			}
		}
	}
}
