package flows

import "bedside/flows/near"

// consentVerb asks the patient to agree to a document. It passes over what
// was agreed in this conversation, and what a signed identity agreed to in an
// earlier one as long as that holds.
type consentVerb struct {
	consent reference
	refused target
}

// The ids of a consent's buttons on the wire.
const (
	optionAgree  = "agree"
	optionRefuse = "refuse"
)

func readConsent(r *reader, f fields) verb {
	n := f.get("consent")
	name, ok := r.name(n, "a consent")
	v := &consentVerb{refused: r.target(r.need(f, "refused", "`consent`"))}
	if !ok {
		return opaque{}
	}
	v.consent = reference{name, r.at(n)}
	return v
}

func (v *consentVerb) check(k *checker, _ *step) {
	if k.d.consents[v.consent.name] != nil {
		return
	}
	cure := near.Hint(v.consent.name, sortedKeys(k.d.consents))
	if cure == "" {
		cure = "add it to `consents`"
	}
	k.fail(v.consent.at, codeConsent, "there is no consent `"+v.consent.name+"`", cure)
}

func (v *consentVerb) ways(*checker) []way {
	if !v.refused.leads() {
		return []way{{}} // the missing key is reported
	}
	return []way{{to: v.refused, pause: true}, {}}
}

func (v *consentVerb) phrases(*draft) []use { return nil }

func (v *consentVerb) do(w *walk, at Place) move {
	c := w.program.consents[v.consent.name]
	if w.memory.Consents[c.id] == c.version {
		return move{}
	}
	if earlier := w.facts.Consents[c.id]; earlier.Version == c.version && w.facts.Now.Before(earlier.At.Add(c.valid)) {
		w.emit(Consented{At: at, Consent: c.id, Version: c.version, Hash: c.papers[w.lang].hash, Agreed: true, Known: true})
		return move{}
	}
	v.question(w, at)
	return move{stop: true}
}

func (v *consentVerb) question(w *walk, at Place) {
	c := w.program.consents[v.consent.name]
	title, paper := c.title.In(w.lang), c.papers[w.lang]
	w.ask(Asked{
		At: at, Text: title, Type: "consent",
		Options: []Option{{optionAgree, w.words.Agree}, {optionRefuse, w.words.Refuse}},
		Consent: &Paper{ID: c.id, Title: title, Document: paper.text, Version: c.version, Hash: paper.hash},
	})
}

func (v *consentVerb) answer(w *walk, at Place, in Input) (move, error) {
	c := w.program.consents[v.consent.name]
	id, ok := w.pickWords(in, optionAgree, optionRefuse)
	if !ok {
		return move{}, &Refusal{Invalid, w.words.NotConsent}
	}
	e := Consented{At: at, Consent: c.id, Version: c.version, Hash: c.papers[w.lang].hash, Agreed: id == optionAgree, Text: w.words.Refuse}
	if e.Agreed {
		e.Text = w.words.Agree
	}
	w.emit(e)
	if e.Agreed {
		return move{}, nil
	}
	return v.refused.move(), nil
}

// resume asks again where a refusal had raised a false alarm.
func (v *consentVerb) resume(w *walk, at Place) move {
	v.question(w, at)
	return move{stop: true}
}
