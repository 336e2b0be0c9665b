package standin

import (
	"net/url"
	"strings"
)

// fragmentPart is one key=value of a link's fragment, percent-decoded. A fragment
// is no form: "+" is a plus sign there.
func fragmentPart(fragment, key string) string {
	for part := range strings.SplitSeq(fragment, "&") {
		if k, v, _ := strings.Cut(part, "="); k == key {
			if plain, err := url.PathUnescape(v); err == nil {
				return plain
			}
		}
	}
	return ""
}
