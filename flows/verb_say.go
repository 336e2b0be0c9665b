package flows

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// sayVerb tells the patient something, with buttons that dial, and goes on.
type sayVerb struct {
	text    phrase
	buttons []dial
}

// dial is a button that calls a number.
type dial struct{ call, text phrase }

var dialKeys = keys{"call", "text"}

func readSay(r *reader, f fields) verb {
	v := &sayVerb{text: r.phrase(f.get("say"), "what is said")}
	for _, item := range r.items(f.get("buttons"), "`buttons`") {
		b, ok := r.mapping(item, "a button", dialKeys)
		if !ok {
			continue
		}
		v.buttons = append(v.buttons, dial{
			call: r.dialled(r.need(b, "call", "a button")),
			text: r.phrase(r.need(b, "text", "a button"), "the text of a button"),
		})
	}
	return v
}

// dialled reads a number to call: written out, or one of the clinic's inserts.
// It is the same in every language.
func (r *reader) dialled(n *yaml.Node) phrase {
	if n == nil || n.Kind == 0 {
		return phrase{dark: true}
	}
	if !strings.Contains(n.Value, "{") {
		number := r.phone(n, "the number of a button")
		return r.everywhere(n, number)
	}
	p := r.everywhere(n, n.Value)
	for _, ref := range p.refs {
		if ref.name != "clinic.phone" && ref.name != "emergency.phone" {
			r.fail(ref.at, codeInsert, "{"+ref.name+"} is no number that a button can call", "write {emergency.phone}, {clinic.phone} or a number in quotes")
		}
	}
	return p
}

// everywhere makes one text the same in every language.
func (r *reader) everywhere(n *yaml.Node, words string) phrase {
	if words == "" {
		return phrase{dark: true}
	}
	p := phrase{text: Text{}, pieces: map[string][]piece{}, at: r.at(n)}
	pieces := r.pieces(&p, n, words)
	for _, lang := range r.draft.languages {
		p.text[lang], p.pieces[lang] = words, pieces
	}
	return p
}

func (v *sayVerb) check(*checker, *step) {}
func (v *sayVerb) ways(*checker) []way   { return []way{{}} }

func (v *sayVerb) phrases(*draft) []use {
	uses := []use{{phrase: &v.text}}
	for i := range v.buttons {
		uses = append(uses, use{phrase: &v.buttons[i].call}, use{phrase: &v.buttons[i].text})
	}
	return uses
}

func (v *sayVerb) do(w *walk, at Place) move {
	said := Said{At: at, Text: w.render(&v.text, nil)}
	for i := range v.buttons {
		said.Buttons = append(said.Buttons, Dial{Call: w.render(&v.buttons[i].call, nil), Text: w.render(&v.buttons[i].text, nil)})
	}
	w.emit(said)
	return move{}
}
