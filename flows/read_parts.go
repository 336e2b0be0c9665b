package flows

import (
	"fmt"

	"go.yaml.in/yaml/v3"

	"bedside/flows/internal/near"
)

func (r *reader) part(key, value *yaml.Node) {
	p := &part{id: key.Value, at: r.at(key)}
	r.draft.parts[p.id] = p
	r.draft.partOrder = append(r.draft.partOrder, p)
	for _, item := range r.items(value, "the part `"+p.id+"`") {
		if r.draft.steps++; r.draft.steps == maxSteps+1 {
			r.fail(r.at(item), codeTooMany, fmt.Sprintf("there are more than %d steps", maxSteps), "make one flow of fewer steps")
		}
		p.steps = append(p.steps, r.step(item))
	}
	if value.Kind != yaml.SequenceNode {
		p.steps = []*step{{at: p.at, verb: opaque{}, mentions: scalars(value)}}
	}
}

// step reads one step. It always returns one, for a step that is not
// understood still has its number.
func (r *reader) step(n *yaml.Node) *step {
	s := &step{at: r.at(n), verb: opaque{}, mentions: scalars(n)}
	f, ok := r.pairs(n, "a step")
	if !ok {
		return s
	}
	s.ifSource = r.condition(f.get("if"))
	kind, ok := r.verbOf(f)
	if !ok {
		return s
	}
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
		if contains(verbNames(), key) || contains(laterVerbs, key) {
			found = append(found, key)
		}
	}
	switch {
	case len(found) > 1:
		r.fail(r.at(f.keys[found[1]]), codeTwoVerbs, "a step has one verb, and this has "+list(found), "make each a step of its own, with its own `- `")
	case len(found) == 0:
		r.noVerb(f)
	case contains(laterVerbs, found[0]):
		r.notBuilt(r.at(f.keys[found[0]]), found[0])
	default:
		return verbNamed(found[0])
	}
	return verbKind{}, false
}

func (r *reader) noVerb(f fields) {
	cure := "the verbs are " + list(verbNames())
	at := r.at(f.node)
	for _, key := range f.order {
		if name := near.Name(key, append(verbNames(), laterVerbs...)); name != "" && !contains(stepKeys(), key) {
			at, cure = r.at(f.keys[key]), near.Hint(key, append(verbNames(), laterVerbs...))
			break
		}
	}
	r.fail(at, codeNoVerb, "this step has no verb", cure)
}

// stepKeys reports the keys that do not belong to the verb, and returns the
// words under those that are not built: the step may lead to such a part.
func (r *reader) stepKeys(f fields, kind verbKind) (mentions []string) {
	for _, key := range f.order {
		if key == kind.name || key == "if" || contains(kind.keys, key) {
			continue
		}
		at := r.at(f.keys[key])
		switch {
		case contains(kind.later, key):
			r.notBuilt(at, key)
			mentions = append(mentions, scalars(f.get(key))...)
		case contains(stepKeys(), key):
			r.fail(at, codeMisplaced, "`"+kind.name+"` has no `"+key+"`", "remove it; its own keys are "+list(append([]string{"if"}, kind.keys...)))
		default:
			r.strange(f, key, "`"+kind.name+"`", keys{built: append([]string{"if"}, kind.keys...), later: kind.later})
		}
	}
	return mentions
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
	if name == "resume" {
		r.notBuilt(r.at(n), "goto: resume")
	}
	if !ok || name == "resume" {
		return target{dark: true}
	}
	return target{part: name, at: r.at(n)}
}
