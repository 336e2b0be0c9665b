package bot

import "bedside/flows"

// Today is what the clinic's configuration says now about a conversation that
// may be older than it. A start with another configuration looks at every open
// conversation once.

// Stranded reports whether the configuration of today leaves the conversation to
// nobody: its doctor is not among the staff any more, or its department is not
// in the flow. Waking it then puts that right.
func Stranded(s State, staff map[string]Actor, live *flows.Program) bool {
	switch s.Phase {
	case Consulting:
		_, there := staff[s.Doctor]
		return staff != nil && !there
	case Waiting:
		return live != nil && !has(live, s.Department)
	}
	return false
}

func has(p *flows.Program, department string) bool {
	_, ok := p.Department(department)
	return ok
}

// catchUp gives a stranded conversation to somebody: a doctor who is gone loses
// it to the queue, and a queue that is gone to the first department of today.
func (t *turn) catchUp() error {
	if !Stranded(t.s, t.f.Staff, t.live()) {
		return nil
	}
	if t.s.Phase == Consulting {
		if err := t.back("gone", t.s.Department, ""); err != nil {
			return err
		}
	} else {
		to := t.department(t.s.Department)
		t.bot(QueueJoined, Queued{
			Phase: t.s.Phase, Department: to, Title: t.title(to), Priority: t.s.Priority, Summary: t.s.Summary,
		})
	}
	t.alert("stranded")
	return nil
}

// department is where a conversation goes that was meant for this one: a running
// conversation keeps the flow that it began with, but only departments of today
// have doctors.
func (t *turn) department(id string) string {
	live := t.live()
	if live == nil || has(live, id) {
		return id
	}
	if all := live.Departments(); len(all) > 0 {
		return all[0].ID
	}
	return id
}
