package cases

import (
	"slices"

	"go.yaml.in/yaml/v3"
)

// form says what may stand behind a key of `expect`.
type form struct {
	words  []string // a word of these; nil: any
	list   bool     // a list of words
	either bool     // a word, or a list of which all must hold
	fields []string // a mapping with these keys
	slots  bool     // a mapping with any keys
	moment []string // the fields that are moments
}

func forms() map[string]form {
	return map[string]form{
		Part:      {},
		Phase:     {words: []string{"intake", "waiting", "consulting", "parked", "closed"}},
		Asking:    {},
		Said:      {either: true},
		Button:    {either: true},
		Alerted:   {list: true},
		OfferedTo: {list: true},
		Priority:  {words: []string{"normal", "urgent", "emergency"}},
		Purpose:   {words: []string{"chat", "video"}},
		Promised:  {fields: []string{"what", "by", "at", "phone", "department"}, moment: []string{"by", "at"}},
		Slot:      {slots: true},
		Rated:     {words: []string{"true", "false"}},
	}
}

// PromiseNames lists what can have been promised.
func PromiseNames() []string { return []string{"callback", "booking"} }

func (r *reader) expect(n *yaml.Node) Act {
	var all Expect
	for _, p := range r.pairs(n, "`expect`") {
		f, ok := forms()[p.key]
		if !ok {
			r.strange(p.at, codeUnknownKey, "`expect` has no key `"+p.key+"`", p.key, ExpectNames())
			continue
		}
		all = append(all, Want{p.key, r.want(p, f), r.at(p.at)})
	}
	return all
}

func (r *reader) want(p pair, f form) Value {
	what := "`" + p.key + "`"
	switch {
	case f.list, f.either && p.value.Kind == yaml.SequenceNode:
		v := Value{Kind: List}
		for _, w := range r.words(p.value, what) {
			v.List = append(v.List, w.Text)
		}
		return v
	case f.slots:
		v := Value{Kind: Fields}
		for _, s := range r.pairs(p.value, what) {
			v.Fields = append(v.Fields, Field{s.key, r.value(s.value, "`"+s.key+"`"), r.at(s.at)})
		}
		return v
	case f.fields != nil:
		return r.promise(p.value, f)
	case f.words != nil:
		return Value{Text: r.oneOf(p.value, what, f.words)}
	}
	return Value{Text: r.word(p.value, what)}
}

func (r *reader) promise(n *yaml.Node, f form) Value {
	if n.Kind == yaml.ScalarNode {
		return Value{Text: r.oneOf(n, "`promised`", []string{"nothing"})}
	}
	v := Value{Kind: Fields}
	for _, p := range r.pairs(n, "`promised`") {
		if !slices.Contains(f.fields, p.key) {
			r.strange(p.at, codeUnknownKey, "`promised` has no key `"+p.key+"`", p.key, f.fields)
			continue
		}
		value := Value{Text: r.word(p.value, "`"+p.key+"`")}
		if slices.Contains(f.moment, p.key) {
			r.moment(p.value, "`"+p.key+"`")
		}
		if p.key == "what" {
			r.oneOf(p.value, "`what`", PromiseNames())
		}
		v.Fields = append(v.Fields, Field{p.key, value, r.at(p.at)})
	}
	return v
}
