package flows_test

import (
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/flows"
)

// noon is a Monday in the clinic's zone.
var noon = time.Date(2027, 2, 15, 9, 0, 0, 0, time.UTC)

func visit(t testing.TB) *flows.Program {
	t.Helper()
	data, err := os.ReadFile("testdata/visit.yaml")
	require.NoError(t, err)
	return compiled(t, string(data))
}

func compiled(t testing.TB, source string) *flows.Program {
	t.Helper()
	p, problems := flows.Compile([]flows.File{{Path: "flow.yaml", Data: []byte(source)}})
	require.NotNil(t, p, "%v", problems)
	return p
}

// talk is one conversation with a program.
type talk struct {
	t      testing.TB
	p      *flows.Program
	facts  flows.Facts
	memory flows.Memory
	events []flows.Event
}

func begin(t testing.TB, p *flows.Program, lang string) *talk {
	t.Helper()
	k := &talk{t: t, p: p, facts: flows.Facts{Now: noon}, memory: flows.Memory{Language: lang}}
	k.take(p.Begin("", k.memory, k.facts))
	return k
}

// take folds a turn, and holds its promise: the memory after the fold stands
// where the turn says.
func (k *talk) take(turn flows.Turn, err error) {
	k.t.Helper()
	require.NoError(k.t, err)
	for _, e := range turn.Events {
		k.memory = k.memory.After(e)
	}
	require.Equal(k.t, turn.At, k.memory.At)
	require.Equal(k.t, turn.Waits, k.memory.Waits)
	k.events = turn.Events
}

func (k *talk) text(s string) {
	k.t.Helper()
	k.take(k.p.Answer(k.memory, flows.Input{Text: s}, k.facts))
}

func (k *talk) press(id string) {
	k.t.Helper()
	k.take(k.p.Answer(k.memory, flows.Input{Step: k.memory.At.String(), Option: id}, k.facts))
}

// refused answers, and wants the answer not to be taken.
func (k *talk) refused(in flows.Input) *flows.Refusal {
	k.t.Helper()
	_, err := k.p.Answer(k.memory, in, k.facts)
	var refusal *flows.Refusal
	require.ErrorAs(k.t, err, &refusal)
	require.NotEmpty(k.t, refusal.Message)
	return refusal
}

// asked is the question that the last turn ended with.
func (k *talk) asked() flows.Asked {
	k.t.Helper()
	require.NotEmpty(k.t, k.events)
	q, ok := k.events[len(k.events)-1].(flows.Asked)
	require.True(k.t, ok, "the last event is %T", k.events[len(k.events)-1])
	return q
}

func TestAVisitFromHelloToTheLastWord(t *testing.T) {
	k := begin(t, visit(t), "en")
	require.Equal(t, flows.Said{At: flows.Place{Part: "hello", Step: 1}, Text: "Hello! This is Rassvet Clinic."}, k.events[0])
	require.Equal(t, "reason", k.asked().Slot)
	require.Equal(t, "hello/2", k.memory.At.String())
	require.Len(t, k.asked().Options, 3)

	k.press("unwell")
	require.Equal(t, flows.Filled{At: flows.Place{Part: "hello", Step: 2}, Slot: "reason", Value: flows.TextValue("unwell"), Text: "I feel unwell"}, k.events[0])
	k.text("  Test Patient ")
	require.Equal(t, "Test Patient, when were you born? For example 7 March 1958", k.asked().Text)
	k.text("7.03.58")
	require.Equal(t, "7 March 1958", k.events[0].(flows.Filled).Text)
	k.text("8 (916) 123-45-67")
	require.Equal(t, flows.TextValue("+79161234567"), k.memory.Slots["phone"])
	k.text("cough")
	require.True(t, k.asked().Optional)
	require.InDelta(t, 10, *k.asked().Max, 0)
	k.text("9/10")

	require.Len(t, k.events, 3)
	require.Equal(t, "If it gets worse, do not wait: call 103.", k.events[1].(flows.Said).Text)
	handed := k.events[2].(flows.HandedOver)
	require.Equal(t, "gp", handed.Department)
	require.Equal(t, []string{"symptoms", "pain"}, handed.Summary)
	require.Contains(t, handed.Tell, "Thank you, Test Patient. A general practitioner will be with you.")
	require.Equal(t, flows.WaitHandOver, k.memory.Waits)

	k.take(k.p.GoOn(k.memory, k.facts))
	require.Equal(t, "Get well soon!", k.events[0].(flows.Ended).Text)
	require.Equal(t, flows.WaitEnd, k.memory.Waits)
}
