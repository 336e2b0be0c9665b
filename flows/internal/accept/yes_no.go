package accept

import (
	"slices"
	"strings"

	"bedside/flows/internal/words"
)

// mostAfter is how many words may follow a yes or a no.
const mostAfter = 6

// YesNo understands yes and no in every language that has words. What follows
// may say the same again, «нет, не болит», "yes, since Monday"; where it takes
// something back, or says both, neither is clear.
func YesNo(s string) (yes, ok bool) {
	if len(s) > longestOption {
		return false, false
	}
	typed := Fold(s)
	for _, w := range words.All() {
		if slices.Contains(w.SaysYes, typed) {
			return true, true
		}
		if slices.Contains(w.SaysNo, typed) {
			return false, true
		}
	}
	fields := strings.Fields(typed)
	if len(fields) < 2 || len(fields) > mostAfter+1 {
		return false, false
	}
	for _, w := range words.All() {
		switch {
		case slices.Contains(w.SaysYes, fields[0]):
			return true, clearlyYes(fields[1:], w)
		case slices.Contains(w.SaysNo, fields[0]) && fields[0] != "не":
			return false, clearlyNo(fields[1:], w)
		}
	}
	return false, false
}

func clearlyYes(rest []string, w *words.Words) bool {
	return !slices.ContainsFunc(rest, func(f string) bool {
		return slices.Contains(w.Typed.Not, f) || slices.Contains(w.Typed.But, f) || slices.Contains(w.SaysNo, f)
	})
}

// mostDenied is how many words a "no" may repeat itself in.
const mostDenied = 4

// clearlyNo: nothing follows that says something, or it begins with another
// no, «не болит», "it does not".
func clearlyNo(rest []string, w *words.Words) bool {
	if slices.ContainsFunc(rest, func(f string) bool { return slices.Contains(w.Typed.But, f) || slices.Contains(w.SaysYes, f) }) {
		return false
	}
	rest = without(rest, said.filler)
	return len(rest) == 0 || len(rest) <= mostDenied && slices.Contains(w.Typed.Not, rest[0])
}
