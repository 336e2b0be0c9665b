package flows_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/flows"
)

func problems(t *testing.T, files ...flows.File) []string {
	t.Helper()
	_, found := flows.Compile(files)
	short := []string{}
	for _, p := range found {
		if p.Code != "unused" { // the small clinic has more than one part needs
			short = append(short, p.Code)
		}
	}
	return short
}

// hello checks the steps of a part hello in the small clinic.
func hello(t *testing.T, steps string) []string {
	t.Helper()
	return problems(t, flows.File{Path: "x.yaml", Data: []byte(clinic + "  hello:\n" + steps + "\n    - goto: bye\n")})
}

func TestNoFalseAlarms(t *testing.T) {
	for name, steps := range map[string]string{
		"guard by and":              "    - ask: born\n    - goto: bye\n      if: known(born) and born < \"2000-01-01\"",
		"guard by or":               "    - ask: born\n    - goto: bye\n      if: not known(born) or born < \"2000-01-01\"",
		"guard in brackets":         "    - ask: born\n    - goto: bye\n      if: (known(born) and (born < \"2000-01-01\" or born > \"2010-01-01\")) or false",
		"guard on a text":           "    - ask: born\n    - say: {en: \"{born}\"}\n      if: known(born)",
		"guard by leaving":          "    - ask: born\n    - goto: bye\n      if: not known(born)\n    - say: {en: \"{born}\"}",
		"mandatory is known":        "    - ask: pain\n    - goto: bye\n      if: pain >= 8 and pain != 9.5",
		"asked on both ways":        "    - ask: fever\n    - ask: pain\n      if: fever\n    - ask: pain\n      if: not fever\n    - say: {en: \"x\"}\n      if: known(pain) and pain > -1",
		"a choice and its option":   "    - ask: who\n    - goto: bye\n      if: who == \"child\" or \"me\" == who",
		"two slots":                 "    - ask: name\n    - ask: mail\n    - goto: bye\n      if: name != mail",
		"a slot that fills":         "    - ask: mail\n    - say: {en: \"{patient.email} {mail}\"}",
		"a circle that waits":       "    - choose: {en: \"again?\"}\n      options: [{id: again, goto: hello, text: {en: \"Again\"}}, {id: done, text: {en: \"Done\"}}]",
		"a circle that asks again":  "    - ask: name\n      again: true\n    - goto: hello\n      if: name == \"again\"",
		"numbers in words of texts": "    - say: {en: \"{clinic.phone} {emergency.phone} 5\"}",
	} {
		require.Empty(t, hello(t, steps), name)
	}
}

func TestAlarms(t *testing.T) {
	for steps, want := range map[string]string{
		"    - ask: born\n    - goto: bye\n      if: born < \"2000-01-01\"":                                                                               "may-be-empty",
		"    - ask: born\n    - goto: bye\n      if: known(born) or born < \"2000-01-01\"":                                                                "may-be-empty",
		"    - ask: born\n    - goto: bye\n      if: born < \"2000-01-01\" and known(born)":                                                               "may-be-empty",
		"    - ask: born\n    - say: {en: \"{born}\"}\n      if: not known(born)":                                                                         "may-be-empty",
		"    - ask: fever\n    - ask: pain\n      if: fever\n    - goto: bye\n      if: pain > 3":                                                         "may-be-empty",
		"    - goto: bye\n      if: pain > 3\n    - ask: pain":                                                                                            "read-before-set",
		"    - ask: pain\n    - goto: bye\n      if: pain > \"3\"":                                                                                        "bad-condition",
		"    - ask: who\n    - goto: bye\n      if: who = \"me\"":                                                                                         "bad-condition",
		"    - ask: pain\n    - goto: bye\n      if: 3 > 2":                                                                                               "bad-condition",
		"    - ask: pain\n    - goto: bye\n      if: pain + 1 > 2":                                                                                        "bad-condition",
		"    - ask: pain\n    - goto: bye\n      if: pain in [1, 2]":                                                                                      "bad-condition",
		"    - ask: who\n    - goto: bye\n      if: who > \"me\"":                                                                                         "bad-condition",
		"    - ask: name\n    - goto: bye\n      if: any([name], true)":                                                                                   "bad-condition",
		"    - ask: name\n    - goto: bye\n      if: name matches \"a\"":                                                                                  "bad-condition",
		"    - ask: name\n    - goto: bye\n      if: \"known(\\\"name\\\")\"":                                                                             "bad-condition",
		"    - ask: name\n    - goto: bye\n      if: let x = 1; true":                                                                                     "bad-condition",
		"    - ask: name\n    - goto: bye\n      if: len(name) > 1":                                                                                       "bad-condition",
		"    - ask: born\n    - goto: bye\n      if: known(born) and born < \"7.03.1958\"":                                                                "bad-condition",
		"    - ask: name\n    - goto: bye\n      if: nme == \"x\"":                                                                                        "unknown-slot",
		"    - goto: bye\n      if: open(\"gpp\")":                                                                                                        "unknown-department",
		"    - ask: born\n    - goto: bye\n      if: age(born) < 18":                                                                                      "may-be-empty",
		"    - ask: who\n    - goto: bye\n      if: age(who) < 18":                                                                                        "bad-condition",
		"    - ask: born\n    - goto: bye\n      if: known(born) and age(born)":                                                                           "bad-condition",
		"    - ask: born\n    - goto: bye\n      if: known(born) and age(born) == \"x\"":                                                                  "bad-condition",
		"    - goto: bye\n      if: on_duty(gp)":                                                                                                          "bad-condition",
		"    - ask: who\n    - goto: bye\n      if: has(who, \"me\")":                                                                                     "bad-condition",
		"    - ask: ills\n    - goto: bye\n      if: has(ills, \"fevr\")":                                                                                 "unknown-option",
		"    - ask: ills\n    - goto: bye\n      if: ills == \"fever\"":                                                                                   "bad-condition",
		"    - goto: bye\n      if: has(ills, \"fever\")":                                                                                                 "never-filled",
		"    - ask: born\n      again: true\n    - goto: bye\n      if: not known(born)\n    - ask: born\n      again: true\n    - say: {en: \"{born}\"}": "may-be-empty",
		"    - goto: hello\n      if: known(name)":                                                                                                        "cycle",
		"    - say: {en: \"{department.title}\"}":                                                                                                         "bad-insert",
		"    - say: {en: \"{patient.born}\"}":                                                                                                             "bad-insert",
		"    - say: {en: \"{queue.wait}\"}":                                                                                                               "bad-insert",
		"    - say: {en: \"{booking.when}\"}":                                                                                                             "bad-insert",
		"    - say: {en: \"{callback.by} {department.opens}\"}":                                                                                           "bad-insert",
		"    - say: {en: \"{department.open}\"}":                                                                                                          "bad-insert",
		"    - goto: bye\n      if: " + strings.Repeat("(", 200) + "true" + strings.Repeat(")", 200) + " and":                                             "bad-condition",
		"    - goto: bye\n      if: \"true" + strings.Repeat(" and true", 60) + "\"":                                                                      "bad-condition",
	} {
		require.Contains(t, hello(t, steps), want, steps)
	}
}

func TestAFolderIsOneNamespace(t *testing.T) {
	one := "bedside: 1\nlanguages: [en]\nclinic: {name: {en: \"C\"}, phone: \"+7 495 000-00-00\", zone: UTC}\nemergency: {phone: \"103\"}\nflows: {b: {start: hello, title: {en: \"B\"}}}\n"
	two := "bedside: 1\nflows: {a: {start: hello, title: {en: \"A\"}}}\nparts: {hello: [{end: {en: \"Bye. 112\"}}]}\n"
	files := []flows.File{{Path: "2.yaml", Data: []byte(two)}, {Path: "1.yaml", Data: []byte(one)}}
	p, found := flows.Compile(files)
	require.Empty(t, found)
	first, ok := p.Door("")
	require.True(t, ok)
	require.Equal(t, "b", first.Name, "files are read by path, whatever their order")

	again, found := flows.Compile([]flows.File{files[1], files[0]})
	require.Empty(t, found)
	require.Equal(t, p.Hash(), again.Hash())
	moved, _ := flows.Compile([]flows.File{{Path: "x/1.yaml", Data: []byte(one)}, {Path: "x/2.yaml", Data: []byte(two)}})
	require.Equal(t, p.Hash(), moved.Hash(), "where the folder stands is no part of the version")
	changed, _ := flows.Compile([]flows.File{{Path: "1.yaml", Data: []byte(one)}, {Path: "2.yaml", Data: []byte(two + "\n")}})
	require.NotEqual(t, p.Hash(), changed.Hash())

	require.Contains(t, problems(t, files[0], files[1], flows.File{Path: "3.yaml", Data: []byte(two)}), "defined-twice")
	require.Equal(t, []string{"missing-key"}, problems(t))
}

func TestSourcesBuildTheSameProgram(t *testing.T) {
	p := visit(t)
	sources := p.Sources()
	again, found := flows.Compile(sources)
	require.NotNil(t, again, "%v", found)
	require.Equal(t, p.Hash(), again.Hash())
	sources[0].Data[0] = 'X'
	require.NotEqual(t, byte('X'), p.Sources()[0].Data[0], "a program cannot be changed through its sources")
	require.Len(t, p.Hash(), 64)
}

func TestWhatAProgramSaysOfItself(t *testing.T) {
	p := visit(t)
	require.Equal(t, []string{"en", "ru"}, p.Languages())
	for want, wanted := range map[string][]string{
		"en": {"", "de", "xx-nonsense-###", strings.Repeat("ru,", 1000)},
		"ru": {"ru", "ru-RU", "de,ru;q=0.5", "RU"},
	} {
		for _, w := range wanted {
			require.Equal(t, want, p.Language(w), w)
		}
	}
	require.Equal(t, "ru", p.Language("de", "ru", "en"))
	require.Equal(t, "en", p.Language())
	c := p.Clinic()
	require.Equal(t, "Клиника «Рассвет»", c.Name.In("ru-RU"))
	require.Equal(t, []any{"+7 495 000-00-00", "103", "lead", "Europe/Moscow"}, []any{c.Phone, c.Emergency, c.Alert, c.Zone.String()})
	gp, ok := p.Department("gp")
	require.True(t, ok)
	require.Equal(t, []time.Duration{time.Minute, 3 * time.Minute}, []time.Duration{gp.AnswerWithin, gp.ReplyWithin})
	require.Len(t, p.Departments(), 2)
	_, ok = p.Department("surgery")
	require.False(t, ok)
	door, ok := p.Door("visit")
	require.True(t, ok)
	require.Equal(t, "hello", door.Start)
	born, ok := p.Slot("born")
	require.True(t, ok)
	require.Equal(t, []string{"date", "patient.born"}, []string{born.Type, born.Fills})
	_, ok = p.Slot("gone")
	require.False(t, ok)
}

// TestWhatCannotBeStepped holds what an author is told about fragments, ladders,
// reminders and alarms that could not be done.
func TestWhatCannotBeStepped(t *testing.T) {
	for source, want := range map[string]string{
		"  hello: [{goto: resume}]": "misplaced-key: `resume` goes back",
		"  hello: [{use: a}, {goto: bye}]\nfragments: {a: [{use: b}], b: [{ask: name}, {use: a}]}":                                  "cycle: the fragment `a` comes to use itself",
		"  hello: [{use: a}, {goto: bye}]\nfragments: {a: []}":                                                                      "runs-out: the fragment `a` has no step",
		"  hello: [{use: a}, {goto: bye}]\nfragments: {a: [{goto: resume}]}":                                                        "misplaced-key",
		"  hello: [{goto: emergency}]\n  emergency: [{end: {en: \"103\"}}]":                                                         "runs-out",
		"  hello: [{ask: fever, if_yes: emergency, if_no: bye}]\n  emergency: [{end: {en: \"103\"}}]":                               "runs-out",
		"  hello: [{hand_over: gp, ladder: a}, {goto: bye}]\nladders: {a: []}":                                                      "missing-key: the ladder `a` has no rung",
		"  hello: [{hand_over: gp, ladder: a}, {goto: bye}]\nladders: {a: [{after: 1m}]}":                                           "missing-key: this rung does nothing",
		"  hello: [{hand_over: gp, ladder: a}, {goto: bye}]\nladders: {a: [{after: 2m, goto: bye}, {after: 1m, goto: bye}]}":        "bad-value: this comes no later",
		"  hello: [{hand_over: gp, ladder: a}, {goto: bye}]\nladders: {a: [{after: 2m, goto: bye, end: {en: \"x\"}}]}":              "misplaced-key: a rung has one of",
		"  hello: [{hand_over: gp, ladder: a}, {goto: bye}]\nladders: {a: [{after: 2m, goto: bye, options: []}]}":                   "misplaced-key: a rung has `options` only",
		"  hello: [{hand_over: gp, ladder: a}, {goto: bye}]\nladders: {a: [{after: 2m, also: [pg], goto: bye}]}":                    "unknown-department",
		"  hello: [{hand_over: gp, priority: emergency}, {goto: bye}]":                                                              "bad-value",
		"  hello: [{book: gp}, {goto: bye}]":                                                                                        "missing-key: `book` has no `none`",
		"  hello: [{callback: gp}, {goto: bye}]":                                                                                    "missing-key: `callback` has no `within`",
		"  hello: [{video: gp, rate: true}, {goto: bye}]":                                                                           "misplaced-key",
		"  hello: [{goto: bye}]\nsilence: [{after: 5m, say: {en: \"x\"}}]":                                                          "misplaced-key: the last reminder has `end`",
		"  hello: [{goto: bye}]\nsilence: [{after: 5m}]":                                                                            "missing-key: a reminder has either",
		"  hello: [{say: {en: \"x\"}, buttons: [{call: 103, text: {en: \"x\"}}]}, {goto: bye}]":                                     "unquoted-phone",
		"  hello: [{say: {en: \"x\"}, buttons: [{call: \"{clinic.name}\", text: {en: \"x\"}}]}, {goto: bye}]":                       "bad-insert: {clinic.name} is no number",
		"  silence: [{goto: bye}]\n  hello: [{goto: bye}]":                                                                          "reserved-id",
		"  hello: [{ask: name}, {goto: bye}]\n  emergency: [{end: {en: \"{name}, 103\"}}]":                                          "may-be-empty: `name` may be empty here",
		"  hello: [{ask: name}, {goto: bye}]\n  emergency: [{goto: more}]\n  more: [{say: {en: \"103\"}}, {end: {en: \"{name}\"}}]": "may-be-empty: `name` may be empty here",
	} {
		base := clinic
		if strings.Contains(source, "emergency: [") {
			base = strings.Replace(clinic, smallEmergency, "", 1)
		}
		_, found := flows.Compile([]flows.File{{Path: "x.yaml", Data: []byte(base + source + "\n")}})
		require.Contains(t, lines(found), want, source)
	}
	_, found := flows.Compile([]flows.File{{Path: "x.yaml", Data: []byte(strings.Replace(clinic, "start: hello", "start: emergency", 1))}})
	require.Contains(t, lines(found), "reserved-id: no flow begins with the part")
}

// TestFragmentsThatDoubleAreBounded: twenty fragments, each using the one
// before twice, are a million steps in their places.
func TestFragmentsThatDoubleAreBounded(t *testing.T) {
	source := clinic + "  hello: [{use: f20}, {goto: bye}]\nfragments:\n  f0: [{ask: name}]\n"
	for i := range 20 {
		source += fmt.Sprintf("  f%d: [{use: f%d}, {use: f%d}]\n", i+1, i, i)
	}
	require.Contains(t, problems(t, flows.File{Path: "x.yaml", Data: []byte(source)}), "too-many")
}

// referenceFiles are the reference and the documents that it names.
func referenceFiles(t testing.TB) []flows.File {
	t.Helper()
	data, err := os.ReadFile("testdata/reference/reference.yaml")
	require.NoError(t, err)
	files := []flows.File{{Path: "reference.yaml", Data: data}}
	for _, name := range flows.Documents(files) {
		data, err := os.ReadFile(filepath.Join("testdata/reference", name))
		require.NoError(t, err)
		files = append(files, flows.File{Path: name, Data: data})
	}
	require.Len(t, files, 5)
	return files
}

// TestTheReferenceIsRead reads a clinic that uses all of the language, without
// a problem.
func TestTheReferenceIsRead(t *testing.T) {
	p, found := flows.Compile(referenceFiles(t))
	require.Empty(t, found)
	require.NotNil(t, p)
}

func TestTenFaultsInOneFile(t *testing.T) {
	require.Subset(t, hello(t, `    - ask: nam
    - ask: born
    - say: {en: "{born} {clinic.nmae}"}
    - goto: nowhere
      if: who == "mother"
    - hand_over: surgery
      summary: [name, gone]
      ladder: doctor
    - sya: {en: "x"}
    - say: {en: "x", de: "y"}
    - say: {}
    - goto: hello
      if: pain > `), []string{
		"unknown-slot", "may-be-empty", "bad-insert", "unknown-part", "unknown-option", "never-filled",
		"unknown-department", "unknown-ladder", "no-verb", "unknown-language", "missing-translation", "bad-condition",
	})
}
