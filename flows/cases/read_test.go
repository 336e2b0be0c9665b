package cases_test

import (
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/flows"
	"bedside/flows/cases"
)

func TestTheReferenceIsRead(t *testing.T) {
	data, err := os.ReadFile("../testdata/reference/reference.test.yaml")
	require.NoError(t, err)
	s, problems := cases.Read(flows.File{Path: "reference.test.yaml", Data: data})
	require.Empty(t, problems)
	require.Len(t, s.Cases, 27)
	require.Equal(t, "reference.yaml", s.Of[0].Text)

	first := s.Cases[0]
	require.Equal(t, "an adult with a rash is handed to a doctor with the answers", first.Name)
	require.Equal(t, "ru", first.Language)
	require.Equal(t, "doctor_2", first.OnDuty[1].Doctor)
	require.Equal(t, "gp", first.OnDuty[1].Departments[1].Text)
	answers := first.Talk[3].Act.(cases.Answers)
	require.Equal(t, "chest_pain", answers[0].Slot, "answers keep their order")
	require.Equal(t, []string{"fever", "rash"}, answers[5].Value.List)
	want := first.Talk[7].Act.(cases.Expect)
	require.Equal(t, cases.OfferedTo, want[2].Key)
	require.Equal(t, "[gp]", want[2].Value.String())
	require.Equal(t, "reference.test.yaml:26", want[2].At.String())

	moscow, err := time.LoadLocation("Europe/Moscow")
	require.NoError(t, err)
	require.Equal(t, "2027-02-15T10:00:00+03:00", first.Now.In(moscow).Format(time.RFC3339))
	holiday := s.Cases[12]
	require.Empty(t, holiday.OnDuty, "{} is nobody")
	require.Equal(t, "2027-01-04 10:00", cases.InWords(holiday.Now.In(moscow), moscow))
	nothing := s.Cases[15]
	require.True(t, nothing.FreeSaid)
	require.Empty(t, nothing.Free)
	require.Equal(t, []cases.Fact{
		{Name: "name", Value: "Пациентка Первая", At: cases.Spot{File: "reference.test.yaml", Line: 194, Column: 16}},
		{Name: "phone", Value: "+79161234567", At: cases.Spot{File: "reference.test.yaml", Line: 194, Column: 50}},
	}, s.Cases[16].Identity)
}

func TestAllProblemsAtOnce(t *testing.T) {
	const source = `bedside: 2
on: [visit.yaml]
now: "15 February"
on_duty: {doctor_1: gp}
cases:
  - case: one
    tallk: []
  - case: one
    free: none
    identity: {patient.nmae: "Patient One"}
    talk:
      - anwser: {name: "Patient One"}
      - answer: {pain: {a: b}}
      - pick: [a]
        type: hello
      - wait: 5 minutes
      - back: please
      - rate: 7
      - rate: {text: good}
      - doctor: {doctor_1: take, doctor_2: {writes: "Hello"}}
      - expect: {phase: wating, offerd_to: [gp], priority: , promised: {what: tea, by: noon, fone: "1"}, slot: reason}
`
	_, problems := cases.Read(flows.File{Path: "x.test.yaml", Data: []byte(source)})
	var got string
	known := map[string]bool{}
	for _, c := range flows.Codes() {
		known[c.Code] = true
	}
	for _, p := range problems {
		got += p.String() + "\n"
		require.True(t, known[p.Code], "%s is no code of flows", p.Code)
	}
	require.Equal(t, "x.test.yaml:1:1: error missing-key: a file of tests has no `of`, add `of:`\n"+
		"x.test.yaml:1:10: error wrong-version: this version of Bedside reads the language's version 1, write `bedside: 1`\n"+
		"x.test.yaml:2:1: error unknown-key: a file of tests has no key `on`, did you mean `of`?\n"+
		"x.test.yaml:3:6: error bad-value: `now` is no moment, write day and time on the clinic's clock, as in \"2027-02-15 10:00\"\n"+
		"x.test.yaml:4:21: error wrong-type: the departments of `doctor_1` is a word here, write a list, as in [a, b]\n"+
		"x.test.yaml:6:5: error missing-key: a case has no `talk`, add `talk:`\n"+
		"x.test.yaml:7:5: error unknown-key: a case has no key `tallk`, did you mean `talk`?\n"+
		"x.test.yaml:8:5: error defined-twice: the case `one` stands in line 6 already, give one of them another name\n"+
		"x.test.yaml:9:11: error wrong-type: `free` is a word here, write a list of moments, or [] for none\n"+
		"x.test.yaml:10:16: error unknown-key: an identity has no key `patient.nmae`, did you mean `patient.name`?\n"+
		"x.test.yaml:12:9: error no-verb: a step has no verb `anwser`, did you mean `answer`?\n"+
		"x.test.yaml:13:24: error wrong-type: the answer to `pain` is a mapping here, write one word, a text in double quotes, or a list\n"+
		"x.test.yaml:14:15: error wrong-type: `pick` is a list here, write one word, or a text in double quotes\n"+
		"x.test.yaml:15:9: error two-verbs: this step has `pick` and `type`, write each as a step of its own\n"+
		"x.test.yaml:16:15: error bad-value: `wait` is no length of time, write a number and s, m, h or d, as in 30s, 5m, 24h, 14d, up to 366d\n"+
		"x.test.yaml:17:15: error bad-value: `back` cannot be `please`, known here: true\n"+
		"x.test.yaml:18:15: error bad-value: these are no stars, write a number from 1 to 5\n"+
		"x.test.yaml:19:15: error missing-key: `rate` has no `stars`, add `stars:` with a number from 1 to 5\n"+
		"x.test.yaml:20:28: error bad-value: what a doctor does cannot be `take`, did you mean `takes`?\n"+
		"x.test.yaml:21:25: error bad-value: `phase` cannot be `wating`, did you mean `waiting`?\n"+
		"x.test.yaml:21:33: error unknown-key: `expect` has no key `offerd_to`, did you mean `offered_to`?\n"+
		"x.test.yaml:21:50: error no-value: `priority` has no value, write one behind the colon, or remove the key\n"+
		"x.test.yaml:21:79: error bad-value: `what` cannot be `tea`, known here: callback, booking\n"+
		"x.test.yaml:21:88: error bad-value: `by` is no moment, write day and time on the clinic's clock, as in \"2027-02-15 10:00\"\n"+
		"x.test.yaml:21:94: error unknown-key: `promised` has no key `fone`, known here: what, by, at, phone, department\n"+
		"x.test.yaml:21:112: error wrong-type: `slot` is a word here, write it as `key: value` lines\n", got)
}

// Whatever the bytes, the answer is a suite or problems.
func FuzzRead(f *testing.F) {
	if data, err := os.ReadFile("../testdata/reference/reference.test.yaml"); err == nil {
		f.Add(data)
	}
	f.Add([]byte("cases: [{case: a, talk: [{expect: {promised: [a]}}, {rate: {stars: []}}, {doctor: {a: []}}]}]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, problems := cases.Read(flows.File{Path: "x", Data: data})
		if len(problems) == 0 {
			require.NotEmpty(t, s.File)
		}
		for _, p := range problems {
			require.Positive(t, p.Line)
			require.NotEmpty(t, p.Cure)
		}
	})
}
