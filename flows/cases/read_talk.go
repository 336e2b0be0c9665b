package cases

import (
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// stepKind is a verb of a talk and how it is read.
type stepKind struct {
	verb string
	read func(r *reader, n *yaml.Node) Act
}

func stepKinds() []stepKind {
	return []stepKind{
		{"answer", func(r *reader, n *yaml.Node) Act { return r.answers(n) }},
		{"pick", func(r *reader, n *yaml.Node) Act { return Pick{r.word(n, "`pick`")} }},
		{"type", func(r *reader, n *yaml.Node) Act { return Typed{r.word(n, "`type`")} }},
		{"skip", func(r *reader, n *yaml.Node) Act { return Skip{r.word(n, "`skip`")} }},
		{"agree", func(r *reader, n *yaml.Node) Act { return Decide{r.word(n, "`agree`"), true} }},
		{"refuse", func(r *reader, n *yaml.Node) Act { return Decide{r.word(n, "`refuse`"), false} }},
		{"wait", func(r *reader, n *yaml.Node) Act { return Wait{r.length(n, "`wait`")} }},
		{"doctor", func(r *reader, n *yaml.Node) Act { return r.deeds(n) }},
		{"expect", func(r *reader, n *yaml.Node) Act { return r.expect(n) }},
		{"back", func(r *reader, n *yaml.Node) Act { r.oneOf(n, "`back`", []string{"true"}); return Back{} }},
		{"rate", func(r *reader, n *yaml.Node) Act { return r.rate(n) }},
	}
}

// StepNames lists the verbs of a talk.
func StepNames() (names []string) {
	for _, k := range stepKinds() {
		names = append(names, k.verb)
	}
	return names
}

func (r *reader) talk(n *yaml.Node) (all []Step) {
	if n == nil {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		r.fail(n, codeWrongType, "`talk` is "+kindOf(n)+" here", "write a list: lines that begin with `- `")
		return nil
	}
	for _, item := range n.Content {
		if s, ok := r.step(item); ok {
			all = append(all, s)
		}
	}
	return all
}

func (r *reader) step(n *yaml.Node) (Step, bool) {
	var found []pair
	for _, p := range r.pairs(n, "a step") {
		if !slices.Contains(StepNames(), p.key) {
			r.strange(p.at, codeNoVerb, "a step has no verb `"+p.key+"`", p.key, StepNames())
			continue
		}
		found = append(found, p)
	}
	if len(found) > 1 {
		r.fail(found[1].at, codeTwoVerbs, "this step has `"+found[0].key+"` and `"+found[1].key+"`", "write each as a step of its own")
	}
	if len(found) == 0 {
		return Step{}, false
	}
	i := slices.IndexFunc(stepKinds(), func(k stepKind) bool { return k.verb == found[0].key })
	return Step{r.at(found[0].at), stepKinds()[i].read(r, found[0].value)}, true
}

func (r *reader) answers(n *yaml.Node) Act {
	var all Answers
	for _, p := range r.pairs(n, "`answer`") {
		v := r.value(p.value, "the answer to `"+p.key+"`")
		if v.Kind == Fields {
			r.fail(p.value, codeWrongType, "the answer to `"+p.key+"` is a mapping here", "write one word, a text in double quotes, or a list")
		}
		all = append(all, Answer{p.key, v, r.at(p.at)})
	}
	return all
}

func (r *reader) deeds(n *yaml.Node) Act {
	var all Deeds
	for _, p := range r.pairs(n, "`doctor`") {
		d := Deed{Doctor: p.key, At: r.at(p.at)}
		if p.value.Kind != yaml.MappingNode {
			d.Does = r.oneOf(p.value, "what a doctor does", DeedNames())
			all = append(all, d)
			continue
		}
		for _, deed := range r.pairs(p.value, "what a doctor does") {
			if !slices.Contains(DeedNames(), deed.key) {
				r.strange(deed.at, codeUnknownKey, "a doctor does not do `"+deed.key+"`", deed.key, DeedNames())
				continue
			}
			d.Does, d.Text, d.At = deed.key, r.word(deed.value, "`"+deed.key+"`"), r.at(deed.at)
			all = append(all, d)
		}
	}
	return all
}

// rate reads a number of stars, or stars and text.
func (r *reader) rate(n *yaml.Node) Act {
	stars, text := n, ""
	if n.Kind == yaml.MappingNode {
		f := r.known(n, "`rate`", []string{"stars", "text"})
		stars, text = f["stars"], r.word(f["text"], "`text`")
		if stars == nil {
			r.fail(n, codeMissingKey, "`rate` has no `stars`", "add `stars:` with a number from 1 to 5")
			return Rate{}
		}
	}
	count, err := strconv.Atoi(strings.TrimSpace(r.word(stars, "`rate`")))
	if stars.Kind == yaml.ScalarNode && (err != nil || count < 1 || count > 5) {
		r.fail(stars, codeBadValue, "these are no stars", "write a number from 1 to 5")
	}
	return Rate{count, text}
}
