package yamltree

import (
	"strings"
	"unicode/utf8"
)

// explain turns the parser's reason into what an author can act on. text is
// the line and column the place in it, which is not always to the point.
func explain(reason, text string, column int) (what, cure string) {
	value := valueOf(text)
	sign := signAt(text, column)
	if sign == "" && value != "" && strings.ContainsRune(signs, rune(value[0])) {
		sign = value[:1]
	}
	switch {
	case curly(value):
		return curlyWhat, curlyCure
	case sign != "":
		return "a text begins with `" + sign + "`, which means something else to YAML", "put the whole text in double quotes"
	case oddQuotes(text):
		return "a quote is opened and not closed", "close it at the end of the text; a quote inside a text is written \\\""
	case behindQuote(value):
		return "something follows behind a closing quote", "put the whole text in single quotes, or begin a condition with a word"
	case strings.Contains(value, ": ") && !strings.ContainsRune("\"'{[", rune(value[0])):
		return "a text with a colon and a space in it stands without quotes", "put the whole text in double quotes"
	case strings.Contains(reason, "flow mapping") || strings.Contains(reason, "flow sequence") || strings.Contains(reason, "',' or"):
		return "a bracket is opened and not closed, or a comma is missing", "close it with } or ], and put texts with commas or brackets in quotes"
	default:
		return "YAML cannot read this", "look at the indentation and the colons here and in the line above"
	}
}

// curly reports whether a value begins with a quote of a word processor.
func curly(value string) bool {
	r, _ := utf8.DecodeRuneInString(value)
	return strings.ContainsRune("“”„‘’", r)
}

// signs are characters with which a plain YAML text cannot begin.
const signs = "@`%&*!|>"

// valueOf is what stands behind the key of a line.
func valueOf(text string) string {
	_, value, _ := strings.Cut(strings.TrimLeft(strings.TrimSpace(text), "- "), ": ")
	return strings.TrimSpace(value)
}

// signAt is the sign at a column, where a text can begin.
func signAt(text string, column int) string {
	runes := []rune(text)
	if column < 2 || column > len(runes) || !strings.ContainsRune("@`%", runes[column-1]) {
		return ""
	}
	return string(runes[column-1])
}

func oddQuotes(text string) bool {
	text = strings.ReplaceAll(text, `\"`, "")
	return strings.Count(text, `"`)%2 == 1
}

// behindQuote says whether a value begins with a quoted text and goes on.
func behindQuote(value string) bool {
	if value == "" || value[0] != '"' && value[0] != '\'' {
		return false
	}
	_, rest, closed := strings.Cut(value[1:], value[:1])
	return closed && strings.TrimSpace(rest) != "" && !strings.HasPrefix(strings.TrimSpace(rest), "#")
}
