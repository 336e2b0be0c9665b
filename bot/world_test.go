package bot_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/flows"
)

const visitFlow = `
bedside: 1
languages: [en, ru]
clinic:
  name:  {en: "Rassvet Clinic", ru: "Клиника «Рассвет»"}
  phone: "+7 495 000-00-00"
  zone:  Europe/Moscow
  alert: lead
emergency: {phone: "103"}
departments:
  gp:   {title: {en: "general practitioner", ru: "терапевт"}, hours: always, reply_within: 4m}
  kids: {title: {en: "paediatrician", ru: "педиатр"}, hours: always}
slots:
  name:
    type: text
    fills: patient.name
    label: {en: "Name", ru: "Имя"}
    ask:   {en: "What is your name?", ru: "Как вас зовут?"}
  pain:
    type: number
    min: 0
    max: 10
    optional: true
    label: {en: "Pain", ru: "Боль"}
    ask:   {en: "How strong is the pain?", ru: "Насколько сильна боль?"}
flows:
  visit: {start: hello, title: {en: "See a doctor", ru: "К врачу"}}
parts:
  hello:
    - say: {en: "Hello! This is {clinic.name}.", ru: "Здравствуйте! Это {clinic.name}."}
    - choose: {en: "How can we help?", ru: "Чем помочь?"}
      options:
        - {id: doctor, goto: triage, text: {en: "A doctor", ru: "Врач"}}
        - {id: leave,  goto: bye,    text: {en: "Nothing", ru: "Ничего"}}
  triage:
    - ask: name
    - ask: pain
    - hand_over: gp
      tell: {en: "Handing you over.", ru: "Передаю врачу."}
      summary: [pain]
    - end: {en: "Thank you!", ru: "Спасибо!"}
  bye:
    - end: {en: "Goodbye. {clinic.phone}", ru: "До свидания. {clinic.phone}"}
`

var noon = time.Date(2027, 2, 15, 12, 0, 0, 0, time.UTC)

var (
	patient = bot.Actor{Role: bot.Patient, Conversation: "c_1"}
	vera    = bot.Actor{Role: bot.Doctor, Login: "doctor_1", Name: "Doctor One", Departments: []string{"gp"}, TrueConfID: "doctor1"}
	igor    = bot.Actor{Role: bot.Doctor, Login: "doctor_2", Name: "Doctor Two", Departments: []string{"gp", "kids"}}
	system  = bot.Actor{Role: bot.System}
)

// world is one conversation, driven by hand.
type world struct {
	t       testing.TB
	decider *bot.Decider
	program *flows.Program
	live    *flows.Program // today's, where it is another
	staff   map[string]bot.Actor
	now     time.Time
	limits  bot.Limits
	onDuty  bool
	free    bool                   // a time can be booked
	long    bool                   // a long walk: it is replayed at its end alone
	around  func(*bot.Facts)       // what a test knows besides; nil: nothing
	doctors func() []bot.DoctorNow // nil: nobody is offered anything
	knows   []string               // who saw the same signed person before
	ids     int
	claimed func(space, prefix string) map[string]string
	down    bool        // there is no video just now
	others  func() bool // whether other calls wait for a seat
	s       bot.State
	journal []bot.Entry
}

func newWorld(t testing.TB) *world {
	t.Helper()
	p, problems := flows.Compile([]flows.File{{Path: "visit.yaml", Data: []byte(visitFlow)}})
	require.NotNil(t, p, "%v", problems)
	l := bot.Defaults()
	l.GuestSeats = 2
	return &world{t: t, decider: bot.NewDecider(), program: p, now: noon, limits: l, onDuty: true, s: bot.State{ID: "c_1"}}
}

func (w *world) facts() bot.Facts {
	live := w.live
	if live == nil {
		live = w.program
	}
	f := bot.Facts{
		Doctors: w.doctors, Knows: func() []string { return w.knows },
		Now: w.now, Program: w.program, Live: live, Limits: w.limits, Staff: w.staff,
		NewID:   func() string { w.ids++; return fmt.Sprintf("call_%d", w.ids) },
		OnDuty:  func(string) bool { return w.onDuty },
		VideoUp: func() bool { return !w.down },
		Claimed: w.claimed, Queued: w.others,
		Free: func(string) []time.Time {
			if !w.free {
				return nil
			}
			return []time.Time{w.now.Truncate(time.Hour).Add(3 * time.Hour)}
		},
	}
	if w.around != nil {
		w.around(&f)
	}
	return f
}

// try decides and, where it was allowed, records.
func (w *world) try(a bot.Actor, do bot.Do, args bot.Args) ([]bot.Entry, error) {
	w.t.Helper()
	decision, err := w.decider.Decide(w.s, bot.Command{Conversation: w.s.ID, Key: fmt.Sprint(len(w.journal)), Do: do, Actor: a, Args: args}, w.facts())
	if err != nil {
		return nil, err
	}
	for _, e := range decision.Entries {
		w.s, err = bot.Apply(w.s, e)
		require.NoError(w.t, err)
		w.journal = append(w.journal, e)
	}
	return decision.Entries, nil
}

func (w *world) do(a bot.Actor, do bot.Do, args bot.Args) []bot.Entry {
	w.t.Helper()
	entries, err := w.try(a, do, args)
	require.NoError(w.t, err)
	return entries
}

func (w *world) refused(code bot.Code, a bot.Actor, do bot.Do, args bot.Args) {
	w.t.Helper()
	before := w.s.Seq
	_, err := w.try(a, do, args)
	var r *bot.Refusal
	require.True(w.t, errors.As(err, &r), "%v", err)
	require.Equal(w.t, code, r.Code, r.Message)
	require.Equal(w.t, before, w.s.Seq)
}

// pass lets time go by and does what is due, as the engine would.
func (w *world) pass(d time.Duration) {
	w.t.Helper()
	w.now = w.now.Add(d)
	w.do(system, bot.DoWake, bot.Args{})
}

func (w *world) start() {
	w.do(patient, bot.DoStart, bot.Args{Start: &bot.Started{Door: "visit", Language: "en", Version: w.program.Hash()}})
}

// startSigned is start for somebody for whom the clinic's site vouches.
func (w *world) startSigned(person string, facts map[string]string) {
	w.do(patient, bot.DoStart, bot.Args{Start: &bot.Started{
		Door: "visit", Language: "en", Version: w.program.Hash(), Person: person, Patient: facts,
	}})
}

// waiting leads the patient through the flow to the hand-over.
func (w *world) waiting() {
	w.t.Helper()
	w.start()
	w.do(patient, bot.DoChoose, bot.Args{Step: w.s.Asked.Step, Option: "doctor"})
	w.do(patient, bot.DoSend, bot.Args{Text: "Patient One"})
	w.do(patient, bot.DoSkip, bot.Args{Step: w.s.Asked.Step})
	require.Equal(w.t, bot.Waiting, w.s.Phase)
}

func (w *world) consulting() {
	w.t.Helper()
	w.waiting()
	w.do(igor, bot.DoClaim, bot.Args{})
}

// call brings a call to ready.
func (w *world) call() {
	w.t.Helper()
	w.consulting()
	w.do(igor, bot.DoEscalate, bot.Args{How: bot.ByPage})
	w.do(system, bot.DoMade, w.ofCall())
	require.Equal(w.t, bot.CallStands, w.s.Call.State)
}

func (w *world) ofCall() bot.Args {
	return bot.Args{Call: w.s.Call.ID, Attempt: w.s.Call.Attempt}
}

func (w *world) who(r bot.Role) bot.Args {
	a := w.ofCall()
	a.Who = r
	return a
}

func kinds(es []bot.Entry) []bot.Kind {
	out := make([]bot.Kind, len(es))
	for i, e := range es {
		out[i] = e.Kind
	}
	return out
}
