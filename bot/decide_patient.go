package bot

import (
	"slices"
	"strings"
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
	started := *b
	started.Phase, started.Silence = Intake, seconds(t.f.Program.Silence())
	t.add(ConversationStarted, ForAll, t.c.Actor.By(), started)
	return t.play(t.f.Program.Begin(b.Door, t.s.Memory, t.flowFacts()))
}

// send is a typed text. It is searched for words of an emergency before anything
// else. Where the bot asks it answers the open question; everywhere else it is a
// message, and nothing said is lost.
func (t *turn) send() error {
	text, err := t.text(t.c.Args.Text)
	if err != nil {
		return err
	}
	if t.c.Actor.Role == Doctor {
		return t.says(text)
	}
	switch {
	case t.s.Phase == ClosedDown:
		return t.takeUp(text)
	case t.hears(text):
		return t.heard(text)
	case t.s.Phase == Intake && t.f.Program == nil:
		return t.skipFlow(text)
	case t.s.asking() && t.f.Program != nil:
		return t.reply(text)
	case t.s.Phase == Intake:
		return t.rewrite(text)
	}
	return t.message(text)
}

// reply takes a text as the answer to the open question. In an intake one that
// is none is refused in kind words; while the patient waits, or an emergency
// asks, it is a message.
func (t *turn) reply(text string) error {
	turn, err := t.f.Program.Answer(t.s.Memory, flows.Input{Step: t.s.Asked.Step, Text: text}, t.flowFacts())
	if err != nil && (t.s.Phase != Intake || t.s.Emergency != nil) {
		return t.message(text)
	}
	return t.play(turn, err)
}

// message keeps what is said. One who is parked is in the queue again with it;
// not while an emergency asks, for a doctor is being called already.
func (t *turn) message(text string) error {
	if t.s.Phase == Parked && t.s.Emergency == nil {
		return t.write(text)
	}
	t.mine(MessageSent, ForAll, Message{Text: text})
	return nil
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
	return t.join(Queued{Event: EvWrite, Phase: phase, Department: t.s.Department})
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
	if t.hears(text) {
		return t.heard(text)
	}
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
	if t.hears(text) {
		t.queue(Queued{Event: EvReopen, Phase: phase, Department: to})
		return t.heard(text)
	}
	t.mine(MessageSent, ForAll, Message{Text: text})
	return t.join(Queued{Event: EvReopen, Phase: phase, Department: to})
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
	if t.declines(t.c.Args.Step) {
		return t.play(t.f.Program.Decline(t.s.Memory, t.flowFacts()))
	}
	return t.answer(flows.Input{Step: t.c.Args.Step, Skip: true})
}

func (t *turn) answer(in flows.Input) error {
	if !t.s.asking() || t.s.Asked.Step != in.Step {
		return refuse(Overtaken, t.words().overtaken)
	}
	if t.s.fileAsked() && len(in.Options) > 0 {
		files, err := t.withFiles(in.Options)
		if err != nil {
			return err
		}
		in.Options, in.Files = nil, files
	}
	if t.f.Program == nil && t.s.Phase != Intake {
		said := chosen(t.s.Asked, in)
		if t.follow(flows.Dropped{}); said == "" {
			return nil
		}
		return t.message(said)
	}
	if t.f.Program == nil {
		return t.skipFlow(chosen(t.s.Asked, in))
	}
	turn, err := t.f.Program.Answer(t.s.Memory, in, t.flowFacts())
	if err != nil && t.timeGone(in.Option) {
		return t.askTimesAnew()
	}
	return t.play(turn, err)
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

// speak changes the language of all that is said from here on. The open question
// is asked again in it; what was said stays as it was. The flow's nearest language
// is taken, and one that is spoken already changes nothing.
func (t *turn) speak() error {
	if t.c.Args.Language == "" {
		return refuse(Malformed, "speak wants language")
	}
	p := t.f.Program
	if p == nil {
		p = t.live()
	}
	if p == nil {
		return nil
	}
	language := p.Language(t.c.Args.Language, t.s.Language)
	if language == t.s.Language {
		return nil
	}
	t.mine(LanguageChosen, ForAll, Spoken{Language: language})
	if !t.s.asking() || t.f.Program == nil {
		return nil
	}
	return t.play(t.f.Program.Again(t.s.Memory, t.flowFacts()))
}

// addDevice records that a second device has its own ticket now. The engine
// writes ticket and entry in one commit.
func (t *turn) addDevice() error {
	t.mine(DeviceAdded, ForAll, struct{}{})
	return nil
}

// endDevices records that one device is left; where there is no other nothing is.
func (t *turn) endDevices() error {
	if t.s.Elsewhere {
		t.mine(DevicesEnded, ForAll, struct{}{})
	}
	return nil
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
		if t.s.Promised() {
			return refuse(NotNow, "The patient has been promised a call or an appointment. Finish instead: the conversation then waits for it.")
		}
	} else if t.s.Emergency != nil {
		t.alert("emergency_left") // somebody must know that nobody reads on
	}
	t.endCall(EndPhase)
	t.cancelAll()
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
