package rehearse_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bedside/bot"
	"bedside/bot/rehearse"
	"bedside/flows"
	"bedside/flows/cases"
)

// Whatever a clinic writes and whoever does what, nobody is left alone: after
// everything that happens there is a human who has been alerted or a deadline,
// a way on, and a journal that folds to the same state.
func TestNobodyIsLeftAloneByAnyFlow(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		files, source := makeFlow(r)
		p, problems := flows.Compile(files)
		if p == nil {
			r.Fatalf("the flow that was made is not sound: %v\n%s", problems, source)
		}
		w := &walkabout{r: r, source: source}
		g, err := rehearse.Start(p, w.setting(p))
		require.NoError(r, err, source)
		w.g = g
		w.holds("start")
		for range rapid.IntRange(1, 40).Draw(r, "steps") {
			w.step()
		}
	})
}

// walkabout is a conversation in which everybody does anything.
type walkabout struct {
	r      *rapid.T
	g      *rehearse.Stage
	source string
	asked  []string // the questions so far
}

func (w *walkabout) setting(p *flows.Program) rehearse.Setting {
	s := rehearse.Setting{
		Now:      time.Date(2027, 2, 15, rapid.IntRange(6, 22).Draw(w.r, "hour"), rapid.IntRange(0, 59).Draw(w.r, "minute"), 0, 0, p.Clinic().Zone),
		Language: rapid.SampledFrom([]string{"en", "ru"}).Draw(w.r, "language"),
		Door:     rapid.SampledFrom([]string{"", "second"}).Draw(w.r, "door"),
		Limits:   bot.Defaults(),
	}
	for i, d := range []string{"gp", "kids", "duty"} {
		if rapid.IntRange(0, 2).Draw(w.r, "duty") > 0 {
			login := "doctor_" + string(rune('1'+i))
			s.Staff = append(s.Staff, bot.Actor{Role: bot.Doctor, Login: login, Name: login, Departments: []string{d}})
		}
	}
	if rapid.IntRange(0, 3).Draw(w.r, "free") == 0 {
		s.Free = []time.Time{}
	}
	if rapid.IntRange(0, 3).Draw(w.r, "signed") == 0 {
		s.Patient = map[string]string{"name": "Patient One", "phone": "+79161234567"}
	}
	return s
}

// step does one thing, and looks whether everything still holds.
func (w *walkabout) step() {
	what := rapid.SampledFrom([]string{"answer", "answer", "answer", "answer", "type", "word", "back", "skip", "pass", "pass", "doctor", "doctor", "staff", "duty", "alarm", "close", "rate", "speak"}).Draw(w.r, "what")
	var err error
	switch what {
	case "answer":
		err = w.answer()
	case "type":
		err = w.g.Type(rapid.SampledFrom([]string{"hello", "3", "yes", "нет", "7 March 1958", "+79161234567", "Patient One"}).Draw(w.r, "text"))
	case "word":
		before := w.g.State
		err = w.g.Type("I have chest pain")
		w.heard(before, err)
	case "alarm":
		w.falseAlarm()
	case "back":
		if err = w.g.Back(); err == nil {
			w.wentBack()
		}
	case "skip":
		if w.g.State.Asked != nil {
			err = w.g.Skip()
		}
	case "pass":
		d := time.Duration(rapid.SampledFrom([]int{1, 30, 60, 300, 1200, 3600, 90000}).Draw(w.r, "seconds")) * time.Second
		require.NoError(w.r, w.g.Pass(d), "%s", w.source)
	case "doctor":
		if login := w.g.Whose(); login != "" && rapid.IntRange(0, 2).Draw(w.r, "whose turn") > 0 {
			err = w.g.Staff(login, rapid.SampledFrom(cases.DeedNames()).Draw(w.r, "deed"), "good day")
		} else if logins := w.g.Doctors(); len(logins) > 0 {
			err = w.g.Staff(rapid.SampledFrom(logins).Draw(w.r, "login"), cases.Takes, "")
		}
	case "staff":
		err = w.staff()
	case "duty":
		w.duty()
	case "close":
		if rapid.IntRange(0, 9).Draw(w.r, "really") == 0 {
			err = w.g.Do(rehearse.Patient(), bot.DoClose, bot.Args{})
		}
	case "rate":
		err = w.g.Rate(rapid.IntRange(1, 5).Draw(w.r, "stars"), "")
	case "speak":
		err = w.g.Do(rehearse.Patient(), bot.DoSpeak, bot.Args{Language: rapid.SampledFrom([]string{"en", "ru"}).Draw(w.r, "tongue")})
	}
	var refusal *bot.Refusal
	if err != nil && !errors.As(err, &refusal) && what != "answer" {
		w.r.Fatalf("%s: %v\n%s", what, err, w.source)
	}
	w.holds(what)
}

// answer answers what is asked, mostly well.
func (w *walkabout) answer() error {
	asked := w.g.State.Asked
	if asked == nil {
		return w.g.Type("hello")
	}
	switch asked.Type {
	case "files":
		return w.g.Send(rapid.SampledFrom([]string{"rash.jpg", "letter.pdf"}).Draw(w.r, "file"))
	case "date":
		return w.g.Type("7 March 1958")
	case "phone":
		return w.g.Type("+79161234567")
	case "email":
		return w.g.Type("patient@example.org")
	case "number":
		return w.g.Type("3")
	}
	if len(asked.Options) > 0 {
		return w.g.Press(rapid.SampledFrom(asked.Options).Draw(w.r, "option").ID)
	}
	return w.g.Type("Patient One")
}

// heard: an emergency word rings the department of the emergency at once, ahead
// of all others, and wakes the lead.
func (w *walkabout) heard(before bot.State, err error) {
	if err != nil || before.Phase == bot.Consulting || before.Phase == bot.ClosedDown {
		return
	}
	h := bot.SummaryOf(w.g.State)
	require.Equal(w.r, "emergency", h.Priority, "in %s\n%s", before.Phase, w.source)
	require.Equal(w.r, "duty", h.Offered[0], "in %s\n%s", before.Phase, w.source)
	require.Contains(w.r, w.g.Alerted(), "lead")
}

// falseAlarm: an emergency and its end cost one press; the conversation stands
// where it stood, and waits for whom it waited.
func (w *walkabout) falseAlarm() {
	before := w.g.State
	if before.Phase != bot.Intake && before.Phase != bot.Waiting || before.Memory.Above != flows.AboveNothing {
		return
	}
	if bot.SummaryOf(before).Priority == "emergency" {
		return
	}
	err := w.g.Type("I have chest pain")
	w.heard(before, err)
	require.NoError(w.r, err, w.source)
	require.Equal(w.r, "emergency", w.g.Part(), w.source)
	w.holds("the alarm")
	require.NoError(w.r, w.g.Press("mistake"), w.source)
	if before.Phase == bot.Waiting && before.Memory.Waits != flows.WaitHandOver {
		return // released by a doctor who had taken the patient out of the flow: it goes on there
	}
	after, was, is := w.g.State, bot.SummaryOf(before), bot.SummaryOf(w.g.State)
	require.Equal(w.r, before.Phase, after.Phase, w.source)
	require.Equal(w.r, before.Memory.At, after.Memory.At, w.source)
	require.Equal(w.r, before.Memory.Slots, after.Memory.Slots, w.source)
	require.Equal(w.r, before.Asked == nil, after.Asked == nil, w.source)
	require.Equal(w.r, was.Priority, is.Priority, w.source)
	require.Equal(w.r, was.Offered, is.Offered, w.source)
}

// wentBack: a question is open that was open before, and what is remembered is
// what was remembered then.
func (w *walkabout) wentBack() {
	asked := w.g.State.Asked
	require.NotNil(w.r, asked, w.source)
	require.Contains(w.r, w.asked, w.question(), w.source)
}

// question is the open question with all that is remembered while it is asked.
func (w *walkabout) question() string {
	return w.g.State.Asked.Step + fmt.Sprint(w.g.State.Memory.Slots)
}

// staff is what a doctor or an admin does besides.
func (w *walkabout) staff() error {
	admin := bot.Actor{Role: bot.Admin, Login: "admin", Name: "Admin"}
	if len(w.g.Doctors()) == 0 || rapid.IntRange(0, 3).Draw(w.r, "admin") == 0 {
		return w.g.Do(admin, bot.DoEndEmergency, bot.Args{})
	}
	a, _ := w.g.Doctor(rapid.SampledFrom(w.g.Doctors()).Draw(w.r, "who"))
	switch rapid.SampledFrom([]string{"transfer", "escalate", "note", "nothing", "close"}).Draw(w.r, "does") {
	case "transfer":
		return w.g.Do(a, bot.DoTransfer, bot.Args{To: rapid.SampledFrom([]string{"gp", "kids", "duty"}).Draw(w.r, "to")})
	case "escalate":
		return w.g.Do(a, bot.DoEscalate, bot.Args{How: bot.ByPage})
	case "note":
		return w.g.Do(a, bot.DoNote, bot.Args{Text: "a note"})
	case "nothing":
		return w.g.Do(a, bot.DoNothing, bot.Args{})
	}
	return w.g.Do(a, bot.DoClose, bot.Args{})
}

// duty signs a doctor in or out.
func (w *walkabout) duty() {
	i := rapid.IntRange(0, 2).Draw(w.r, "whose")
	department := []string{"gp", "kids", "duty"}[i]
	login := "doctor_" + string(rune('1'+i))
	if !w.g.SignOut(login) {
		w.g.SignIn(bot.Actor{Role: bot.Doctor, Login: login, Name: login, Departments: []string{department}})
	}
}

// holds checks everything that must hold at any moment.
func (w *walkabout) holds(what string) {
	s := w.g.State
	back, err := bot.Replay(s.ID, decoded(w.r, w.g.Journal))
	require.NoError(w.r, err)
	require.Equal(w.r, s, back, "after %s the journal folds to another state", what)
	wake := bot.Wake(s, bot.Defaults(), w.g.Program)
	context := []any{"after %s in %s, %s\n%s", what, s.Phase, s.Memory.At, w.source}
	if !wake.IsZero() {
		require.True(w.r, wake.After(w.g.Now) || what != "pass", context...)
	}
	h := bot.SummaryOf(s)
	switch s.Phase {
	case bot.ClosedDown:
		require.Nil(w.r, s.Asked, context...)
		return
	case bot.Consulting:
		require.NotEmpty(w.r, s.Doctor, context...)
		require.Nil(w.r, s.Asked, context...)
		if !s.OwedSince.IsZero() && !s.Call.Open() {
			require.False(w.r, wake.IsZero(), context...)
		}
		return
	case bot.Intake:
		require.NotNil(w.r, s.Asked, context...)
	case bot.Waiting:
		require.NotEmpty(w.r, h.Offered, context...)
	case bot.Parked:
		require.True(w.r, w.g.Promised() != nil || len(h.Offered) > 0, context...)
	}
	require.False(w.r, wake.IsZero(), context...)
	if s.Asked != nil {
		w.asked = append(w.asked, w.question())
		require.Equal(w.r, s.Memory.At.String(), s.Asked.Step, context...)
		require.Equal(w.r, flows.WaitAnswer, s.Memory.Waits, context...)
		require.False(w.r, len(s.Asked.Options) == 0 && slices.Contains([]string{"choice", "consent", "times"}, s.Asked.Type), context...)
	}
}

// decoded is the journal as the disk gives it back.
func decoded(r *rapid.T, journal []bot.Entry) (entries []bot.Entry) {
	for _, e := range journal {
		back, err := bot.DecodeEntry(e.Encode())
		require.NoError(r, err)
		entries = append(entries, back)
	}
	return entries
}
