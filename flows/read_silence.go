package flows

import (
	"time"

	"go.yaml.in/yaml/v3"
)

// reminder is what a patient hears who has stopped answering; the last one
// ends the flow.
type reminder struct {
	at    spot
	after time.Duration
	say   phrase
	end   phrase
}

var reminderKeys = keys{"after", "say", "end"}

func (r *reader) silence(n *yaml.Node) {
	if n == nil || !r.define(n, "section", silencePart) {
		return
	}
	r.draft.silenceLast = lastLine(n)
	before := time.Duration(0)
	items := r.items(n, "`silence`")
	for i, item := range items {
		f, ok := r.mapping(item, "a reminder", reminderKeys)
		if !ok {
			continue
		}
		s := &reminder{
			at:    r.at(item),
			after: r.duration(r.need(f, "after", "a reminder"), 0),
			say:   r.phrase(f.get("say"), "what the reminder says"),
			end:   r.phrase(f.get("end"), "the last word"),
		}
		before = r.later(item, s.after, before)
		r.draft.silence = append(r.draft.silence, s)
		says, ends := f.keys["say"] != nil, f.keys["end"] != nil
		switch {
		case says == ends:
			r.fail(s.at, codeMissingKey, "a reminder has either `say` or `end`", "write one of them")
		case ends != (i == len(items)-1):
			r.fail(s.at, codeMisplaced, "the last reminder has `end`, and it alone", "close the chat in words with the last one, and say something with those before it")
		}
	}
}
