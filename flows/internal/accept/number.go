package accept

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"bedside/flows/internal/words"
)

// longestFigure is the length of what may be a number or a date, in bytes.
const longestFigure = 200

var (
	numberForm = regexp.MustCompile(`^([+-]?\d{1,15}(?:[.,]\d{1,6})?)(?:\s*(?:/|из|of|out of)\s*(\d+))?\s*[.!]?$`)
	halfForm   = regexp.MustCompile(`^(\d{1,15}) half$`)
	signs      = strings.NewReplacer("~", " ", "≈", " ", "°c", " ", "°", " ", "ё", "е")
)

// Number reads a number as people write it: 7, 3,5, −2, "7/10", "7 из 10",
// "about seven", «семь с половиной». A second number is taken only where it is
// the scale's end, which is most; anything more could change what is meant,
// and is refused.
func Number(s string, most *float64) (float64, bool) {
	if len(s) > longestFigure {
		return 0, false
	}
	s = strings.ToLower(strings.TrimSpace(signs.Replace(strings.ToLower(figures(s)))))
	if n, ok := plainNumber(s, most); ok {
		return n, true
	}
	return plainNumber(spokenNumber(s), most)
}

func plainNumber(s string, most *float64) (float64, bool) {
	m := numberForm.FindStringSubmatch(strings.TrimSpace(s))
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

// spokenNumber takes away what says nothing, and writes words in figures.
func spokenNumber(s string) string {
	s = strings.Join(strings.Fields(strings.Trim(s, " .!")), " ")
	for _, w := range words.All() {
		for _, half := range w.Typed.Half {
			if number, ok := strings.CutSuffix(s, " "+half); ok {
				s = number + " half"
			}
		}
	}
	s = withoutUnits(withoutAbout(s))
	s = inFigures(s)
	if m := halfForm.FindStringSubmatch(s); m != nil {
		return m[1] + ".5"
	}
	return s
}

// withoutAbout takes "about" and the like from the beginning.
func withoutAbout(s string) string {
	for again := true; again; {
		again = false
		for _, w := range words.All() {
			for _, about := range w.Typed.About {
				if rest, ok := strings.CutPrefix(s, about+" "); ok {
					s, again = rest, true
				}
			}
		}
	}
	return s
}

// withoutUnits takes words away that name points or degrees.
func withoutUnits(s string) string {
	fields := strings.Fields(s)
	if len(fields) < 2 {
		return s
	}
	return strings.Join(slices.DeleteFunc(fields, func(f string) bool {
		return slices.ContainsFunc(words.All(), func(w *words.Words) bool {
			return slices.ContainsFunc(w.Typed.Units, func(unit string) bool { return strings.HasPrefix(f, unit) })
		})
	}), " ")
}
