package flows

import "go.yaml.in/yaml/v3"

var doorKeys = keys{"start", "title"}

func (r *reader) door(key, value *yaml.Node) {
	what := "the flow `" + key.Value + "`"
	f, ok := r.mapping(value, what, doorKeys)
	if !ok {
		return
	}
	start := r.need(f, "start", what)
	title := r.plain(f.get("title"), "the title of "+what)
	name, ok := r.name(start, "`start`")
	if !ok {
		return
	}
	if name == emergencyPart {
		r.fail(r.at(start), codeReserved, "no flow begins with the part `emergency`, which interrupts what has begun", "begin with another part")
		return
	}
	r.draft.doors = append(r.draft.doors, door{Door{Name: key.Value, Start: name, Title: title}, r.at(start)})
}
