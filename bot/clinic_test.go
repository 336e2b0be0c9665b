package bot_test

import (
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/flows"
)

// A Monday morning in the zone of the clinic: all are open.
var morning = time.Date(2027, 2, 15, 7, 0, 0, 0, time.UTC)

var (
	guard = bot.Actor{Role: bot.Doctor, Login: "doctor_4", Name: "Doctor Four", Departments: []string{"duty"}}
	lead  = bot.Actor{Role: bot.Admin, Login: "lead", Name: "Lead"}
)

// newClinic is a world with a flow that has all of the language that concerns the
// conversation: a ladder, silence, emergencies, promises, consents.
func newClinic(t testing.TB) *world {
	t.Helper()
	w := newWorld(t)
	w.program, w.now = clinicProgram(t), morning
	return w
}

func clinicProgram(t testing.TB) *flows.Program {
	t.Helper()
	data, err := os.ReadFile("testdata/clinic.yaml")
	require.NoError(t, err)
	p, problems := flows.Compile([]flows.File{
		{Path: "clinic.yaml", Data: data}, {Path: "privacy.md", Data: []byte("We keep what you write.\n")},
	})
	require.NotNil(t, p, "%v", problems)
	return p
}

func (w *world) pick(option string) []bot.Entry {
	w.t.Helper()
	require.NotNil(w.t, w.s.Asked)
	return w.do(patient, bot.DoChoose, bot.Args{Step: w.s.Asked.Step, Option: option})
}

func (w *world) type_(text string) []bot.Entry {
	w.t.Helper()
	return w.do(patient, bot.DoSend, bot.Args{Text: text})
}

// agreed leads through the consent.
func (w *world) agreed() {
	w.t.Helper()
	w.start()
	w.pick("agree")
}

// queued leads through the triage into the queue.
func (w *world) queued() {
	w.t.Helper()
	w.agreed()
	w.pick("doctor")
	w.pick("no")
	w.type_("Patient One")
	require.Equal(w.t, bot.Waiting, w.s.Phase)
}

// called leads to a promise to call.
func (w *world) called() {
	w.t.Helper()
	w.agreed()
	w.pick("call")
	w.type_("Patient One")
	w.type_("+79161234567")
	require.Equal(w.t, bot.Parked, w.s.Phase)
	require.NotNil(w.t, w.s.CallBack)
}

// wakes passes time as the engine does: at each deadline on the way.
func (w *world) wakes(d time.Duration) (all []bot.Entry) {
	w.t.Helper()
	end := w.now.Add(d)
	for {
		at := bot.Wake(w.s, w.limits, w.program)
		if at.IsZero() || at.After(end) {
			w.now = end
			return all
		}
		if at.After(w.now) {
			w.now = at
		}
		got := w.do(system, bot.DoWake, bot.Args{})
		require.NotEmpty(w.t, got, "woken for nothing at %s", w.now)
		all = append(all, got...)
	}
}

func count(es []bot.Entry, k bot.Kind) (n int) {
	for _, e := range es {
		if e.Kind == k {
			n++
		}
	}
	return n
}
