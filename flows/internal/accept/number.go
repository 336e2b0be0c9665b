package accept

import (
	"regexp"
	"strconv"
	"strings"
)

var numberForm = regexp.MustCompile(`^([+-]?\d{1,15}(?:[.,]\d{1,6})?)(?:\s*(?:/|из|of|out of)\s*(\d+))?\s*[.!]?$`)

// Number reads a number as people write it: 7, 3,5, −2, "7/10", "7 из 10".
// A second number is taken only where it is the scale's end, which is most;
// anything more could change what is meant, and is refused.
func Number(s string, most *float64) (float64, bool) {
	m := numberForm.FindStringSubmatch(strings.ToLower(strings.TrimSpace(figures(s))))
	if m == nil {
		return 0, false
	}
	n, err := strconv.ParseFloat(strings.Replace(m[1], ",", ".", 1), 64)
	if err != nil {
		return 0, false
	}
	if m[2] != "" {
		end, err := strconv.ParseFloat(m[2], 64)
		if err != nil || most == nil || end != *most {
			return 0, false
		}
	}
	return n + 0, true // −0 becomes 0
}
