package accept

import (
	"regexp"
	"strings"
)

var phoneForm = regexp.MustCompile(`^(?:(?:мой |my |it is |its )?(?:tel|т|тел|телефон|номер|номер телефона|моб|мобильный|phone|phone number|number|mobile|cell)(?: is)?[.:]*)?\s*(\+)?[\d\s().\-/]+$`)

// Phone reads a telephone number and leaves its digits, with + in front of
// an international one, which is written with + or 00. Between 7 and 15 digits
// are a number (ITU-T E.164 allows 15, and no country's code begins with 0).
// Where the clinic's own number begins with +7, the national forms
// 8 916 123-45-67 and 916 123-45-67 become +7 916….
func Phone(s, clinic string) (string, bool) {
	s = strings.ToLower(strings.TrimSpace(figures(s)))
	m := phoneForm.FindStringSubmatch(s)
	if m == nil {
		return "", false
	}
	digits := onlyDigits(s)
	plus := m[1]
	if rest, abroad := strings.CutPrefix(digits, "00"); abroad && plus == "" {
		plus, digits = "+", rest
	}
	if plus != "" && strings.HasPrefix(digits, "0") {
		return "", false
	}
	if len(digits) < 7 || len(digits) > 15 {
		return "", false
	}
	if plus == "" && strings.HasPrefix(clinic, "+7") {
		if len(digits) == 10 && strings.HasPrefix(digits, "89") {
			return "", false // no code of Russia begins with 89: a figure is missing behind the 8
		}
		plus, digits = russianNumber(digits)
	}
	if plus != "" && digits[0] == '7' && len(digits) != 11 {
		return "", false // Russia and Kazakhstan: a figure is missing, or too many
	}
	return plus + digits, true
}

// russianNumber knows the national forms of the Russian numbering plan: ten
// digits, with 8 or 7 in front.
func russianNumber(digits string) (plus, number string) {
	switch {
	case len(digits) == 11 && (digits[0] == '8' || digits[0] == '7'):
		return "+", "7" + digits[1:]
	case len(digits) == 10:
		return "+", "7" + digits
	default:
		return "", digits
	}
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}
