package flows

import (
	"go.yaml.in/yaml/v3"

	"bedside/flows/near"
)

// handOverVerb lets the patient wait for a doctor of a department, in the chat
// or by video. The flow stays on it until the doctor has finished, then goes
// on behind it. Where the department is closed, or nobody is there, it leads
// elsewhere at once, if the step says where.
type handOverVerb struct {
	department reference
	purpose    Purpose
	priority   Priority
	tell       phrase
	ladder     reference
	closed     target
	nobody     target
	refused    target      // of a video: the patient would rather type
	summary    []reference // slots
}

func readHandOver(r *reader, f fields) verb { return r.wait(f, "hand_over", ForChat) }
func readVideo(r *reader, f fields) verb    { return r.wait(f, "video", ForVideo) }

func (r *reader) wait(f fields, name string, purpose Purpose) verb {
	v := &handOverVerb{
		purpose: purpose, priority: r.priority(f.get("priority")), tell: r.phrase(f.get("tell"), "`tell`"),
		closed: r.target(f.get("closed")), nobody: r.target(f.get("nobody")), refused: r.target(f.get("refused")),
	}
	n := f.get(name)
	if department, ok := r.name(n, "a department"); ok {
		v.department = reference{department, r.at(n)}
	}
	if n := f.get("ladder"); n != nil {
		if name, ok := r.name(n, "a ladder"); ok {
			v.ladder = reference{name, r.at(n)}
		}
	}
	for _, item := range r.items(f.get("summary"), "`summary`") {
		if name, ok := r.name(item, "a slot"); ok {
			v.summary = append(v.summary, reference{name, r.at(item)})
		}
	}
	return v
}

// priority reads normal or urgent; "" is normal.
func (r *reader) priority(n *yaml.Node) Priority {
	return Priority(r.oneOf(n, "`priority`", []string{string(Normal), string(Urgent)}))
}

func (v *handOverVerb) check(k *checker, _ *step) {
	k.department(v.department)
	for _, s := range v.summary {
		k.slot(s)
	}
	if v.ladder.name != "" && k.d.ladders[v.ladder.name] == nil {
		cure := near.Hint(v.ladder.name, sortedKeys(k.d.ladders))
		if cure == "" {
			cure = "add it to `ladders`"
		}
		k.fail(v.ladder.at, codeLadder, "there is no ladder `"+v.ladder.name+"`", cure)
	}
}

// rungs are those of the ladder that the step names.
func (v *handOverVerb) rungs(ladders map[string]*ladder) []*rung {
	if l := ladders[v.ladder.name]; l != nil {
		return l.rungs
	}
	return nil
}

func (v *handOverVerb) ways(k *checker) []way {
	var ways []way
	for _, t := range []target{v.closed, v.nobody} {
		if t.leads() {
			ways = append(ways, way{to: t, more: []string{factDepartment}})
		}
	}
	if v.refused.leads() {
		ways = append(ways, way{to: v.refused, pause: true})
	}
	for _, s := range v.rungs(k.d.ladders) {
		for _, t := range s.targets() {
			ways = append(ways, way{to: t, pause: true})
		}
	}
	return append(ways, way{pause: true, promise: true})
}

// targets are the parts to which a rung can lead; one that resumes, or an
// option that leads nowhere, goes on waiting.
func (s *rung) targets() (all []target) {
	for _, t := range append(optionTargets(s.options), s.target) {
		if t.leads() && !t.resume {
			all = append(all, t)
		}
	}
	return all
}

func optionTargets(options []option) (all []target) {
	for _, o := range options {
		all = append(all, o.target)
	}
	return all
}

// whileWaiting is what is known to texts that are shown to somebody who waits.
var whileWaiting = []string{factDepartment, factQueue}

func (v *handOverVerb) phrases(d *draft) []use {
	uses := []use{{phrase: &v.tell, knows: whileWaiting}}
	for _, s := range v.rungs(d.ladders) {
		uses = append(uses, s.phrases()...)
	}
	return uses
}

func (s *rung) phrases() []use {
	uses := []use{{&s.say, whileWaiting}, {&s.choose, whileWaiting}, {&s.end, whileWaiting}}
	for i := range s.options {
		uses = append(uses, use{&s.options[i].text, whileWaiting})
	}
	return uses
}

func (v *handOverVerb) do(w *walk, at Place) move {
	department := w.department(v.department.name)
	empty := w.facts.OnDuty != nil && !w.facts.OnDuty(v.department.name)
	switch {
	case v.closed.leads() && !department.OpenAt(w.facts.Now):
		return v.unmet(w, at, "closed", v.closed)
	case v.nobody.leads() && empty:
		return v.unmet(w, at, "nobody", v.nobody)
	case v.nobody.leads() && v.noVideo(w):
		return v.unmet(w, at, WhyNoVideo, v.nobody)
	}
	return v.resume(w, at)
}

// WhyNoVideo is why a wait by video does not begin while no call can be made.
const WhyNoVideo = "no_video"

func (v *handOverVerb) noVideo(w *walk) bool { return v.purpose == ForVideo && w.facts.VideoDown }

func (v *handOverVerb) unmet(w *walk, at Place, why string, to target) move {
	w.emit(Unmet{At: at, Department: v.department.name, Why: why})
	return to.move()
}

// resume lets the patient wait, as well where the flow had led from a closed
// department into a false alarm.
func (v *handOverVerb) resume(w *walk, at Place) move {
	department := w.department(v.department.name)
	e := HandedOver{
		At: at, Department: v.department.name, Purpose: v.purpose, Tell: w.render(&v.tell, &department),
		Declinable: v.refused.leads(),
	}
	if v.noVideo(w) {
		e.Purpose, e.Declinable, e.NoVideo = ForChat, false, true
	}
	if v.priority != Normal {
		e.Priority = v.priority
	}
	for _, s := range v.summary {
		e.Summary = append(e.Summary, s.name)
	}
	if l := w.program.ladders[v.ladder.name]; l != nil {
		e.Rungs = l.times()
	}
	w.emit(e)
	return move{stop: true}
}
