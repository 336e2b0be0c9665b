package yamltree

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

const (
	curlyOpen  = "“„‟‘‚‛"
	curlyClose = "”“’‘"
	curlyAll   = "“”„‟‘’‚‛"
	bullets    = "•–—·*-"
)

func quotedStyle(n *yaml.Node) bool {
	return n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0
}

// noColon says whether a key within brackets has not even a colon.
func noColon(key, value *yaml.Node) bool {
	if value.Tag != "!!null" || value.Value != "" || value.Line != key.Line {
		return false
	}
	width := utf8.RuneCountInString(key.Value)
	if quotedStyle(key) {
		width += 2
	}
	return value.Column == key.Column+width
}

// lone reports a word within brackets that has no colon: most often a text
// with a comma, or an insert, that stands without quotes. It says whether the
// whole bracket is such a text.
func (i *inspector) lone(n, key *yaml.Node) (whole bool) {
	if len(n.Content) == 2 {
		i.report(n, NoColon, "`{"+key.Value+"}` without quotes is no text to YAML", "put the whole text in double quotes")
		return true
	}
	if last, _ := utf8.DecodeLastRuneInString(key.Value); strings.ContainsRune(curlyClose, last) {
		return false // the text's curly quote at its beginning is reported
	}
	if m := tightItem.FindStringSubmatch(key.Value); m != nil && !quotedStyle(key) {
		i.report(key, NoColon, "behind the colon of `"+key.Value+"` there is no space, so YAML sees none", "write `"+m[1]+": ` and then a value")
		return false
	}
	i.report(key, NoColon, "within brackets `"+key.Value+"` stands without a colon", "put a text with a comma in double quotes, or write `"+firstWord(key.Value)+": ` and a value")
	return false
}

func firstWord(s string) string {
	word, _, _ := strings.Cut(s, " ")
	return word
}

// tightItem is a key with its value, without the space that makes it one.
var tightItem = regexp.MustCompile(`^([a-z_][a-z0-9_]*):([^\s/:].*)?$`)

// noKey says why a plain word cannot be meant as a key.
func (i *inspector) noKey(key *yaml.Node) bool {
	first, size := utf8.DecodeRuneInString(key.Value)
	rest := key.Value[min(size, len(key.Value)):]
	switch {
	case quotedStyle(key) || rest == "" || !strings.ContainsRune(bullets, first):
		return false
	case first == '-' && startsOdd(rest):
		odd, _ := utf8.DecodeRuneInString(rest)
		i.report(key, Space, fmt.Sprintf("behind the - stands the character U+%04X, which only looks like a space", odd), "write an ordinary space")
	case first == '-':
		i.report(key, Syntax, "behind the - there is no space, so YAML sees no list", "write `- "+strings.TrimSpace(rest)+": …`")
	default:
		i.report(key, Syntax, fmt.Sprintf("`%c` begins no item of a list", first), "begin it with - and a space")
	}
	return true
}

func startsOdd(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return looksLikeSpace(r)
}

// unseen reports what an editor does not show, or shows as something else,
// where it changes what is read; and reads on without it.
func (i *inspector) unseen(n *yaml.Node, name, condition bool) {
	if quotedStyle(n) && !condition && !name || n.Kind != yaml.ScalarNode {
		return
	}
	if at := strings.IndexFunc(n.Value, func(r rune) bool { return strange(r, name || condition) }); at >= 0 {
		r, _ := utf8.DecodeRuneInString(n.Value[at:])
		i.reportWithin(n, at, Space, fmt.Sprintf("here stands the character U+%04X, which an editor shows as a space or not at all", r), "delete it, or write an ordinary space")
		n.Value = strings.TrimSpace(strings.Map(func(r rune) rune {
			switch {
			case !strange(r, true):
				return r
			case condition:
				return ' '
			}
			return -1
		}, n.Value))
	}
	i.stray(n)
	i.curly(n, condition)
}

// strange is for characters that stand in no name and no condition. In other
// words the wider spaces have their use; what has no width has none at their
// ends, and Arabic and Hindi need some of it within.
func strange(r rune, name bool) bool {
	return r == '\u200b' || r == '\u2060' || r == '\ufeff' || name && looksLikeSpace(r)
}

// curly reports a curly quote where a straight one was meant.
func (i *inspector) curly(n *yaml.Node, condition bool) {
	if at := strings.IndexAny(n.Value, curlyAll); condition && at >= 0 {
		i.reportWithin(n, at, Curly, "the condition has a curly quote, which is none to it", `write straight quotes: "`)
		n.Value = strings.Map(func(r rune) rune {
			if strings.ContainsRune(curlyAll, r) {
				return '"'
			}
			return r
		}, n.Value)
		return
	}
	if first, size := utf8.DecodeRuneInString(n.Value); !quotedStyle(n) && size > 0 && strings.ContainsRune(curlyOpen+"”’", first) {
		i.report(n, Curly, fmt.Sprintf("this begins with the curly quote %c, which is a letter like others to YAML", first), `write straight quotes around it: "`)
		n.Value = strings.Trim(n.Value, curlyAll)
	}
}

// reportWithin places a problem in a scalar of one line.
func (i *inspector) reportWithin(n *yaml.Node, at int, code, what, cure string) {
	place := *n
	if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0 && !strings.Contains(n.Value[:at], "\n") {
		place.Column += utf8.RuneCountInString(n.Value[:at])
		if quotedStyle(n) {
			place.Column++
		}
	}
	i.report(&place, code, what, cure)
}
