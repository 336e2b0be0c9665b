package flows

import (
	"fmt"
	"slices"

	"go.yaml.in/yaml/v3"

	"bedside/flows/near"
)

func (r *reader) part(key, value *yaml.Node) {
	p := r.steps(key, value, "the part `"+key.Value+"`")
	r.draft.parts[p.id] = p
	r.draft.partOrder = append(r.draft.partOrder, p)
}

// fragment reads a list of steps that comes back to where it was used.
func (r *reader) fragment(key, value *yaml.Node) {
	p := r.steps(key, value, "the fragment `"+key.Value+"`")
	if value.Kind == yaml.SequenceNode && len(p.steps) == 0 {
		r.fail(p.at, codeRunsOut, "the fragment `"+p.id+"` has no step", "give it one, or remove it")
	}
	r.draft.fragments[p.id] = p
	r.draft.fragOrder = append(r.draft.fragOrder, p)
}

func (r *reader) steps(key, value *yaml.Node, what string) *part {
	p := &part{id: key.Value, at: r.at(key), last: lastLine(value)}
	for _, item := range r.items(value, what) {
		if r.draft.steps++; r.draft.steps == maxSteps+1 {
			r.fail(r.at(item), codeTooMany, fmt.Sprintf("there are more than %d steps", maxSteps), "make one flow of fewer steps")
		}
		if r.draft.steps > maxSteps {
			break // the rest would take long, and is not looked at
		}
		r.draft.lost = r.draft.lost || item.Kind != yaml.MappingNode || lost(item)
		p.steps = append(p.steps, r.step(item))
	}
	if value.Kind != yaml.SequenceNode {
		r.draft.lost = true
		p.steps = []*step{{at: p.at, verb: opaque{}, mentions: scalars(value)}}
	}
	return p
}

// step reads one step. It always returns one, for a step that is not
// understood still has its number.
func (r *reader) step(n *yaml.Node) *step {
	s := &step{at: r.at(n), verb: opaque{}, mentions: scalars(n)}
	f, ok := r.pairs(n, "a step")
	if !ok {
		return s
	}
	r.respellStep(f)
	s.keys = f.order
	s.ifSource = r.condition(f.get("if"))
	kind, ok := r.verbOf(f)
	if !ok {
		return s
	}
	r.respell(f, "`"+kind.name+"`", slices.Concat(keys{kind.name, "if"}, kind.keys), r.draft.verbs.keys...)
	s.mentions = r.stepKeys(f, kind)
	if f.get(kind.name) != nil {
		s.verb = kind.read(r, f)
	}
	return s
}

// verbOf finds the one verb of a step, or reports why there is none.
func (r *reader) verbOf(f fields) (verbKind, bool) {
	var found []string
	for _, key := range f.order {
		if contains(r.draft.verbs.names, key) {
			found = append(found, key)
		}
	}
	switch {
	case len(found) > 1:
		r.fail(r.at(f.keys[found[1]]), codeTwoVerbs, "a step has one verb, and this has "+list(found), "make each a step of its own, with its own `- `")
	case len(found) == 0:
		r.noVerb(f)
	default:
		return r.draft.verbs.named(found[0])
	}
	return verbKind{}, false
}

func (r *reader) noVerb(f fields) {
	r.fail(r.at(f.node), codeNoVerb, "this step has no verb", "the verbs are "+list(r.draft.verbs.names))
}

// respellStep reports a misspelt verb, and reads on as if it were not.
func (r *reader) respellStep(f fields) {
	verbs := r.draft.verbs.names
	for _, key := range f.order {
		if contains(verbs, key) {
			return
		}
	}
	for i, key := range f.order {
		if meant := near.Name(key, verbs); meant != "" && !contains(r.draft.verbs.keys, key) {
			r.fail(r.at(f.keys[key]), codeNoVerb, "there is no verb `"+key+"`", near.Hint(key, verbs))
			f.rename(i, meant)
			return
		}
	}
}

// stepKeys reports the keys that do not belong to the verb, and returns the
// words under those that are unknown: the step may lead to such a part.
func (r *reader) stepKeys(f fields, kind verbKind) (mentions []string) {
	for _, key := range f.order {
		if key == kind.name || key == "if" || contains(kind.keys, key) {
			continue
		}
		at := r.at(f.keys[key])
		switch {
		case contains(r.draft.verbs.keys, key):
			r.fail(at, codeMisplaced, "`"+kind.name+"` has no `"+key+"`", "remove it; its own keys are "+list(append([]string{"if"}, kind.keys...)))
		default:
			r.strange(f, key, "`"+kind.name+"`", append(keys{"if"}, kind.keys...))
			mentions = append(mentions, scalars(f.get(key))...)
		}
	}
	return mentions
}

// lost says whether anything below a node could not be read.
func lost(n *yaml.Node) bool {
	return n.Kind == 0 || isNull(n) || slices.ContainsFunc(n.Content, lost)
}

// lastLine is where the last word of a node begins.
func lastLine(n *yaml.Node) int {
	line := n.Line
	for _, child := range n.Content {
		line = max(line, lastLine(child))
	}
	return line
}

// scalars lists every word below a node.
func scalars(n *yaml.Node) (words []string) {
	if n == nil {
		return nil
	}
	if n.Kind == yaml.ScalarNode {
		return []string{n.Value}
	}
	for _, child := range n.Content {
		words = append(words, scalars(child)...)
	}
	return words
}

// target reads the name of a part to which something leads; nil gives the
// next step.
func (r *reader) target(n *yaml.Node) target {
	if n == nil {
		return target{}
	}
	name, ok := r.name(n, "a part")
	switch {
	case !ok:
		return target{dark: true}
	case name == "resume":
		return target{resume: true, at: r.at(n)}
	}
	return target{part: name, at: r.at(n)}
}
