package flows

import (
	"errors"
	"fmt"

	"go.yaml.in/yaml/v3"

	"bedside/flows/internal/hearing"
)

// mostWords bounds what is listened for in every message.
const mostWords = 1000

var emergencyKeys = keys{"phone", "offer_to", "words", "not_in"}

// emergency is the section as it is written; names are settled when all files
// have been read.
type emergency struct {
	EmergencyFacts
	offerTo reference
	notIn   []reference
	hearing hearing.Words
}

func (r *reader) emergency(n *yaml.Node) {
	if n == nil || !r.define(n, "section", "emergency") {
		return
	}
	f, ok := r.mapping(n, "`emergency`", emergencyKeys)
	if !ok {
		return
	}
	e := &r.draft.emergency
	r.draft.clinic.Emergency = r.phone(r.need(f, "phone", "`emergency`"), "the emergency number")
	if n := f.get("offer_to"); n != nil {
		if name, ok := r.name(n, "a department"); ok {
			e.offerTo, e.OfferTo = reference{name, r.at(n)}, name
		}
	}
	for _, item := range r.items(f.get("not_in"), "`not_in`") {
		if name, ok := r.name(item, "a slot"); ok {
			e.notIn, e.NotIn = append(e.notIn, reference{name, r.at(item)}), append(e.NotIn, name)
		}
	}
	r.emergencyWords(e, f.get("words"))
}

func (r *reader) emergencyWords(e *emergency, n *yaml.Node) {
	if n == nil {
		return
	}
	f, ok := r.pairs(n, "`words`")
	if !ok {
		return
	}
	e.Words = map[string][]string{}
	for _, lang := range f.order {
		if !r.promised(f.keys[lang], lang, "the list of emergency words") {
			continue
		}
		for _, item := range r.items(f.get(lang), "the emergency words in `"+lang+"`") {
			r.emergencyWord(e, lang, item)
		}
	}
	for _, lang := range r.draft.languages {
		if f.keys[lang] == nil {
			r.fail(r.at(n), codeTranslation, "the list of emergency words is missing in `"+lang+"`", "add `"+lang+": [\"…\"]`, for `languages` promises it")
		}
	}
}

func (r *reader) emergencyWord(e *emergency, lang string, n *yaml.Node) {
	text, ok := r.words(n, "an emergency word")
	if !ok {
		return
	}
	count := 0
	for _, words := range e.Words {
		count += len(words)
	}
	if count == mostWords {
		r.fail(r.at(n), codeTooMany, fmt.Sprintf("there are more than %d emergency words", mostWords), "keep those that matter most")
	}
	if count >= mostWords {
		return
	}
	switch err := e.hearing.Add(text); {
	case errors.Is(err, hearing.ErrNoWord):
		r.fail(r.at(n), codeBadValue, "there is no word in this emergency word", "write words, with letters or figures")
	case errors.Is(err, hearing.ErrStar):
		r.fail(r.at(n), codeBadValue, "a * stands for any ending, and so at the end of a word", "write it as in \"suicid*\"")
	case errors.Is(err, hearing.ErrShort):
		r.fail(r.at(n), codeBadValue, "fewer than three letters before the * would be heard in half of all words", "write more of the word")
	default:
		e.Words[lang] = append(e.Words[lang], text)
	}
}
