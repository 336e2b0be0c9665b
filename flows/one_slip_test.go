package flows_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/flows"
)

// slips are what goes wrong while a line is typed or pasted: what is found in
// it, and what is written instead.
var slips = map[string]struct{ found, written string }{
	"no colon":              {`^(\s*(?:- )?[a-z_]+):`, "$1"},
	"no space behind it":    {`^(\s*(?:- )?[a-z_]+): +`, "$1:"},
	"an equals sign":        {`^(\s*(?:- )?[a-z_]+): `, "$1 = "},
	"a wide colon":          {`^(\s*(?:- )?[a-z_]+): `, "$1： "},
	"a Cyrillic letter":     {`^(\s*(?:- )?[a-z]*)e([a-z_]*:)`, "${1}е$2"},
	"a tab behind the dash": {`^(\s*-) `, "$1\t"},
	"a fixed space there":   {`^(\s*-) `, "$1\u00a0"},
	"one space too few":     {`^ (\s*[a-z-])`, "$1"},
	"curly quotes":          {`"([^"]*)"`, "“$1”"},
	"a curly end":           {`"([^"]*)"`, "\"$1”"},
	"no first quote":        {`"([^"]*)"`, "$1\""},
	"no last quote":         {`"([^"]*)"`, "\"$1"},
	"no closing bracket":    {`\}([^{}]*)$`, "$1"},
	"a bracket too many":    {`\}([^{}]*)$`, "}}$1"},
	"no comma":              {`",`, "\""},
	"a semicolon":           {`, ([a-z]+:)`, "; $1"},
}

// TestOneSlipIsOneProblem makes each slip in each line of a sound flow that it
// fits, and holds that an author is told one thing, of that line: what follows
// from a slip is no problem of its own.
func TestOneSlipIsOneProblem(t *testing.T) {
	files := referenceFiles(t)
	flow := slices.IndexFunc(files, func(f flows.File) bool { return strings.HasSuffix(f.Path, ".yaml") })
	lines := strings.Split(string(files[flow].Data), "\n")
	for name, slip := range slips {
		form := regexp.MustCompile(slip.found)
		t.Run(name, func(t *testing.T) {
			made := 0
			for i, line := range lines {
				if i%4 != made%4 {
					continue // the reference is long
				}
				m := form.FindStringSubmatchIndex(line)
				if m == nil || strings.HasPrefix(strings.TrimSpace(line), "#") || strings.Contains(line[:m[0]], " #") {
					continue
				}
				made++
				wrong := line[:m[0]] + string(form.ExpandString(nil, slip.written, line, m)) + line[m[1]:]
				all := append(append(append([]string{}, lines[:i]...), wrong), lines[i+1:]...)
				broken := slices.Clone(files)
				broken[flow].Data = []byte(strings.Join(all, "\n"))
				_, problems := flows.Compile(broken)
				if len(problems) == 0 && name == "one space too few" {
					continue // the only key of its block may stand anywhere
				}
				require.Len(t, problems, 1, "line %d: %s\n%v", i+1, wrong, problems)
				require.InDelta(t, i+1, problems[0].Line, 1, "%s\n%v", wrong, problems)
			}
			require.NotZero(t, made)
		})
	}
}
