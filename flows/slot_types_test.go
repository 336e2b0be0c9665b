package flows_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/flows"
)

func TestSeveralChoicesAreTakenOnceAndInOrder(t *testing.T) {
	for _, in := range []flows.Input{
		{Options: []string{"cough", "fever"}}, {Options: []string{"cough", "fever", "cough"}}, {Option: "cough", Options: []string{"fever"}},
	} {
		k := small(t, "    - ask: ills")
		require.Equal(t, "choices", k.asked().Type)
		require.Len(t, k.asked().Options, 3)
		k.take(k.p.Answer(k.memory, in, k.facts))
		filled := k.events[0].(flows.Filled)
		require.Equal(t, flows.ListValue("fever", "cough"), filled.Value)
		require.Equal(t, "Fever, Cough", filled.Text)
		require.False(t, filled.Red)
	}
	k := small(t, "    - ask: ills")
	for _, in := range []flows.Input{{}, {Options: []string{"fever", "gone"}}, {Text: "nothing"}, {Skip: true}, {Files: []flows.Attached{{ID: "f", Kind: "photo"}}}} {
		require.Equal(t, flows.Invalid, k.refused(in).Code, in)
	}
}

func TestDangerousAnswersAreMarked(t *testing.T) {
	for _, c := range []struct {
		slot string
		in   flows.Input
		red  bool
	}{
		{"chest", flows.Input{Option: "yes"}, true}, {"chest", flows.Input{Text: "да"}, true}, {"chest", flows.Input{Option: "no"}, false},
		{"fever", flows.Input{Option: "yes"}, false},
		{"ills", flows.Input{Options: []string{"fever", "speech"}}, true}, {"ills", flows.Input{Options: []string{"fever"}}, false},
	} {
		k := small(t, "    - ask: "+c.slot)
		turn, err := k.p.Answer(k.memory, c.in, k.facts)
		require.NoError(t, err)
		require.Equal(t, c.red, turn.Events[0].(flows.Filled).Red, "%+v", c)
	}
}

func TestFilesAreTakenByKindCountAndSize(t *testing.T) {
	k := small(t, "    - ask: photos")
	asked := k.asked()
	require.Equal(t, []string{"photo"}, asked.Kinds)
	require.Equal(t, 2, asked.Count)
	require.Equal(t, int64(1<<20), asked.Size)
	photo := func(id string) flows.Attached { return flows.Attached{ID: id, Kind: "photo", Size: 1 << 20} }
	for message, files := range map[string][]flows.Attached{
		"Please attach a file. What we can take: a photo.":          nil,
		"That is too much at once. We can take up to 2 files here.": {photo("a"), photo("b"), photo("c")},
		"We cannot read this file here. What we can take: a photo.": {photo("a"), {ID: "b", Kind: "pdf", Size: 1}},
		"This file is too large. The limit is 1\u00a0MB.":           {photo("a"), {ID: "b", Kind: "photo", Size: 1<<20 + 1}},
	} {
		require.Equal(t, message, k.refused(flows.Input{Files: files}).Message)
	}
	require.Equal(t, flows.Invalid, k.refused(flows.Input{Text: "photo"}).Code)
	k.take(k.p.Answer(k.memory, flows.Input{Files: []flows.Attached{photo("a"), photo("b"), photo("a")}[:2]}, k.facts))
	filled := k.events[0].(flows.Filled)
	require.Equal(t, flows.ListValue("a", "b"), filled.Value)
	require.Equal(t, "2 files", filled.Text)
	require.Equal(t, "2 файла", filled.Value.Shown(slot(t, k.p, "photos"), "ru"))
}

func slot(t *testing.T, p *flows.Program, id string) flows.Slot {
	t.Helper()
	s, ok := p.Slot(id)
	require.True(t, ok)
	return s
}

func TestAScaleTakesItsButtonsAndWords(t *testing.T) {
	for _, in := range []flows.Input{{Option: "7"}, {Options: []string{"7"}}, {Text: "7"}, {Text: "7 из 10"}} {
		k := small(t, "    - ask: scale")
		require.Equal(t, "scale", k.asked().Show)
		k.take(k.p.Answer(k.memory, in, k.facts))
		require.Equal(t, flows.NumberValue(7), k.memory.Slots["scale"])
	}
	require.Equal(t, flows.Invalid, small(t, "    - ask: scale").refused(flows.Input{Option: "11"}).Code)
	require.Equal(t, flows.Invalid, small(t, "    - ask: pain").refused(flows.Input{Option: "7"}).Code, "a number without buttons")
}

func TestSlotsThatCannotBeMeant(t *testing.T) {
	for slot, want := range map[string]string{
		"{type: files}":                                            "missing-key: a slot of type files has no `kinds`",
		"{type: files, kinds: []}":                                 "no kind of file can be sent",
		"{type: files, kinds: [foto]}":                             "there is no kind of file `foto`",
		"{type: files, kinds: [pdf, pdf]}":                         "defined-twice",
		"{type: files, kinds: [pdf], count: 0}":                    "this many files cannot be sent",
		"{type: files, kinds: [pdf], count: 1.5}":                  "this many files cannot be sent",
		"{type: files, kinds: [pdf], size: 10}":                    "this is no size of a file",
		"{type: files, kinds: [pdf], size: 0MB}":                   "a file of this size cannot be sent",
		"{type: files, kinds: [pdf], size: 21MB}":                  "a file of this size cannot be sent",
		"{type: number, show: scale}":                              "a scale has a button",
		"{type: number, min: 0, max: 100, show: scale}":            "a scale has a button",
		"{type: number, min: 0, max: 1, show: slider}":             "`show` cannot be `slider`",
		"{type: text, show: scale}":                                "misplaced-key",
		"{type: text, red_flag: true}":                             "misplaced-key",
		"{type: choices}":                                          "missing-key",
		"{type: choices, options: [{id: a, text: {en: \"{x}\"}}]}": "an answer's text cannot hold",
		"{type: yes_no, red_flag: \"yes\"}":                        "wrong-type",
	} {
		_, problems := flows.Compile([]flows.File{{Path: "x.yaml", Data: []byte("bedside: 1\nlanguages: [en]\nslots:\n  x: " + slot + "\n")}})
		require.Contains(t, lines(problems), want, slot)
	}
}
