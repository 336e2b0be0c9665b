package bot

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"bedside/flows"
)

func (t *turn) start() error {
	if t.s.Started() {
		return nil // the same ticket again: answered from the journal
	}
	b := t.c.Args.Start
	if b == nil || t.f.Program == nil {
		return refuse(Malformed, "a start names its flow")
	}
	b.Phase = Intake
	t.add(ConversationStarted, ForAll, t.c.Actor.By(), *b)
	return t.play(t.f.Program.Begin(b.Door, t.s.Memory, t.flowFacts()))
}

// send is a typed text. In an intake it answers the open question; everywhere
// else it is a message, and nothing said is lost.
func (t *turn) send() error {
	text, err := t.text(t.c.Args.Text)
	if err != nil {
		return err
	}
	if t.c.Actor.Role == Doctor {
		t.mine(MessageSent, ForAll, Message{Text: text})
		return nil
	}
	switch t.s.Phase {
	case Intake:
		if t.f.Program == nil {
			return t.skipFlow(text)
		}
		if t.s.Asked == nil {
			return t.rewrite(text)
		}
		return t.play(t.f.Program.Answer(t.s.Memory, flows.Input{Step: t.s.Asked.Step, Text: text}, t.flowFacts()))
	case ClosedDown:
		return t.takeUp(text)
	case Parked:
		return t.write(text)
	default:
		t.mine(MessageSent, ForAll, Message{Text: text})
		return nil
	}
}

// rewrite keeps what is typed while the flow asks nothing (a doctor has just
// finished), and lets the flow ask again.
func (t *turn) rewrite(text string) error {
	t.mine(MessageSent, ForAll, Message{Text: text})
	return t.play(t.f.Program.Again(t.s.Memory, t.flowFacts()))
}

func (t *turn) write(text string) error {
	phase, err := t.move(EvWrite)
	if err != nil {
		return err
	}
	t.mine(MessageSent, ForAll, Message{Text: text})
	to := t.department(t.s.Department)
	t.bot(QueueJoined, Queued{Event: EvWrite, Phase: phase, Department: to, Title: t.title(to), Priority: t.s.Priority})
	t.alertIfNobody(to)
	return nil
}

// takeUp is a message into a closed conversation: it resumes an intake that
// silence closed, reopens what a doctor has had, and is refused otherwise; the
// client then starts a new conversation with the text.
func (t *turn) takeUp(text string) error {
	if t.f.Now.Sub(t.s.ClosedAt) > t.f.Limits.ResumeWithin {
		return t.notNow()
	}
	if t.s.HadDoctor() {
		return t.reopen(text)
	}
	if t.s.ClosedWhy != CloseSilence {
		return t.notNow()
	}
	phase, err := t.move(EvResume)
	if err != nil {
		return err
	}
	t.mine(ConversationResumed, ForAll, Resumed{Event: EvResume, Phase: phase})
	if t.f.Program == nil {
		return t.skipFlow(text)
	}
	t.mine(MessageSent, ForAll, Message{Text: text})
	return t.play(t.f.Program.Again(t.s.Memory, t.flowFacts()))
}

func (t *turn) reopen(text string) error {
	phase, err := t.move(EvReopen)
	if err != nil {
		return err
	}
	to := t.department(t.s.Department)
	t.mine(ConversationReopened, ForAll, Resumed{Event: EvReopen, Phase: phase, Department: to})
	t.mine(MessageSent, ForAll, Message{Text: text})
	t.bot(QueueJoined, Queued{Event: EvReopen, Phase: phase, Department: to, Title: t.title(to), Priority: "normal"})
	t.alertIfNobody(to)
	return nil
}

func (t *turn) choose() error {
	a := t.c.Args
	if a.Step == "" || (a.Option == "") == (len(a.Options) == 0) {
		return refuse(Malformed, "choose wants step and option, or step and options")
	}
	return t.answer(flows.Input{Step: a.Step, Option: a.Option, Options: a.Options})
}

func (t *turn) skip() error {
	if t.c.Args.Step == "" {
		return refuse(Malformed, "skip wants step")
	}
	return t.answer(flows.Input{Step: t.c.Args.Step, Skip: true})
}

func (t *turn) answer(in flows.Input) error {
	if t.s.Phase != Intake || t.s.Asked == nil || t.s.Asked.Step != in.Step {
		return refuse(Overtaken, t.words().overtaken)
	}
	if t.f.Program == nil {
		return t.skipFlow(chosen(t.s.Asked, in))
	}
	return t.play(t.f.Program.Answer(t.s.Memory, in, t.flowFacts()))
}

// chosen is the words behind the options that were pressed.
func chosen(asked *Asked, in flows.Input) string {
	var said []string
	for _, o := range asked.Options {
		if o.ID == in.Option || slices.Contains(in.Options, o.ID) {
			said = append(said, o.Text)
		}
	}
	return strings.Join(said, ", ")
}

// close is the patient's or the doctor's own end of the conversation.
func (t *turn) close() error {
	phase, err := t.move(EvClose)
	if err != nil {
		return err
	}
	why := ClosePatient
	if t.c.Actor.Role != Patient {
		why = CloseDoctor
	}
	t.endCall(EndPhase)
	t.mine(ConversationClosed, ForAll, Closed{Event: EvClose, Phase: phase, Why: why})
	return nil
}

// text trims what somebody typed and holds it to the limit.
func (t *turn) text(raw string) (string, error) {
	text := strings.TrimSpace(strings.ToValidUTF8(raw, "\uFFFD"))
	if text == "" {
		return "", refuse(Malformed, t.words().emptyText)
	}
	if utf8.RuneCountInString(text) > t.f.Limits.TextMax {
		return "", refuse(TooLarge, t.words().tooLong)
	}
	return text, nil
}

// silent reports whether an intake has had no word for so long that it closes.
func silentAt(s State, l Limits) time.Time { return s.SpokeAt.Add(l.IntakeIdle) }
