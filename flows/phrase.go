package flows

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"bedside/flows/near"
)

// longestPhrase is the length that a text may have, in characters.
const longestPhrase = 5000

// phrase is one text of the flow in all languages, with its inserts, {name}
// and the like, found. The zero phrase is a text that is not there.
type phrase struct {
	text   Text
	pieces map[string][]piece
	refs   []reference
	at     spot
	dark   bool // something stands there that could not be read
}

// piece is literal text, or an insert's name.
type piece struct{ literal, name string }

// reference is a name that is used, and where.
type reference struct {
	name string
	at   spot
}

// absent says whether nothing stands there; dark is reported already.
func (p *phrase) absent() bool { return p.text == nil && !p.dark }

// phrase reads a text in every language of the program; nil gives the zero
// phrase.
func (r *reader) phrase(n *yaml.Node, what string) phrase {
	if n == nil {
		return phrase{}
	}
	if n.Kind == yaml.ScalarNode {
		r.fail(r.at(n), codeWrongType, what+" is one text without a language", "write it for each language, as in {"+r.draft.firstLanguage()+": \"…\"}")
		return phrase{dark: true}
	}
	f, ok := r.pairs(n, what)
	if !ok {
		return phrase{dark: true}
	}
	r.respellLanguages(f, what)
	p := phrase{text: Text{}, pieces: map[string][]piece{}, at: r.at(n)}
	for _, lang := range f.order {
		r.translation(&p, f, lang, what)
	}
	for _, lang := range r.draft.languages {
		if f.keys[lang] == nil {
			r.fail(r.at(n), codeTranslation, what+" is missing in `"+lang+"`", "add `"+lang+": \"…\"`, for `languages` promises it")
		}
	}
	return p
}

func (r *reader) translation(p *phrase, f fields, lang, what string) {
	if !r.promised(f.keys[lang], lang, what) {
		return
	}
	n := f.get(lang)
	words, ok := r.words(n, what+" in `"+lang+"`")
	if !ok {
		return
	}
	if utf8.RuneCountInString(words) > longestPhrase {
		r.fail(r.at(n), codeBadValue, fmt.Sprintf("%s in `%s` has more than %d characters", what, lang, longestPhrase), "say it in fewer words, or in several steps")
		return
	}
	p.text[lang] = words
	p.pieces[lang] = r.pieces(p, n, words)
}

// promised says whether `languages` names a language in which something is
// written, and reports it if not.
func (r *reader) promised(key *yaml.Node, lang, what string) bool {
	if contains(r.draft.languages, lang) || len(r.draft.languages) == 0 {
		return true
	}
	cure := near.Hint(lang, r.draft.languages)
	if cure == "" {
		cure = "the languages are " + list(r.draft.languages) + "; add it to `languages` or remove it"
	}
	r.fail(r.at(key), codeUnknownLang, what+" is in `"+lang+"`, which `languages` does not name", cure)
	return false
}

// respellLanguages reports languages that are only spelt in another way, as Ru
// or with a Cyrillic letter, and reads on as if they were not.
func (r *reader) respellLanguages(f fields, what string) {
	for i, lang := range f.order {
		meant := strings.ToLower(near.Latin(lang))
		if contains(r.draft.languages, lang) || !contains(r.draft.languages, meant) || f.keys[meant] != nil {
			continue
		}
		r.promised(f.keys[lang], lang, what)
		f.rename(i, meant)
	}
}

// pieces cuts a text at its inserts.
func (r *reader) pieces(p *phrase, n *yaml.Node, text string) (pieces []piece) {
	rest := text
	for {
		before, behind, opened := strings.Cut(rest, "{")
		if strings.Contains(before, "}") || !opened {
			if strings.Contains(before, "}") {
				r.fail(r.at(n), codeInsert, "a } stands without its {", "write an insert as {name}, or leave the bracket out")
			}
			if before != "" {
				pieces = append(pieces, piece{literal: before})
			}
			return pieces
		}
		if before != "" {
			pieces = append(pieces, piece{literal: before})
		}
		at := r.within(n, text[:len(text)-len(behind)-1])
		name, after, closed := strings.Cut(behind, "}")
		if !closed || strings.ContainsAny(name, "{ \n") || name == "" {
			r.fail(at, codeInsert, "an insert is opened and not rightly closed", "write it as {name}, without spaces")
			return pieces
		}
		pieces = append(pieces, piece{name: name})
		p.refs = append(p.refs, reference{name, at})
		rest = after
	}
}

// within is the spot in a one-line scalar behind the text before; in any
// other it is the scalar's own.
func (r *reader) within(n *yaml.Node, before string) spot {
	at := r.at(n)
	if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 || strings.Contains(before, "\n") {
		return at
	}
	if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
		at.column++
	}
	at.column += utf8.RuneCountInString(before)
	return at
}
