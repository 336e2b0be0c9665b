package diff_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/flows"
	"bedside/flows/diff"
)

// reference is the complete clinic with its documents.
func reference(t *testing.T) []flows.File {
	t.Helper()
	folder := filepath.Join("..", "testdata", "reference")
	var out []flows.File
	for _, name := range []string{"reference.yaml", "consents/privacy.en.md", "consents/privacy.ru.md", "consents/remote.en.md", "consents/remote.ru.md"} {
		data, err := os.ReadFile(filepath.Join(folder, name))
		require.NoError(t, err)
		out = append(out, flows.File{Path: "clinic/" + name, Data: data})
	}
	return out
}

// edited is the reference with other words; each old one must be there.
func edited(t *testing.T, change ...string) []flows.File {
	t.Helper()
	out := reference(t)
	for i := 0; i < len(change); i += 2 {
		found := false
		for f := range out {
			if text := string(out[f].Data); strings.Contains(text, change[i]) && !found {
				out[f].Data, found = []byte(strings.Replace(text, change[i], change[i+1], 1)), true
			}
		}
		require.True(t, found, "the reference does not hold %q", change[i])
	}
	return out
}

func tell(c diff.Changes) string {
	return "now:\n  " + strings.Join(c.Now, "\n  ") + "\nlater:\n  " + strings.Join(c.Later, "\n  ") + "\n"
}

func golden(t *testing.T, name, have string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if os.Getenv("UPDATE") != "" {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(path, []byte(have), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), have)
}

func TestWhatHoldsAtOnce(t *testing.T) {
	golden(t, "facts", tell(diff.Between(reference(t), edited(t,
		`"+7 495 000-00-00"`, `"+7 495 000-00-01"`,
		`en: "Rassvet Clinic"`, `en: "Rassvet"`,
		`"боль в груди", `, "",
		`"suicid*"]`, `"suicid*", "overdose"]`,
		`2027-02-22: "09:00-14:00"`, `2027-02-22: closed`,
		"    2027-12-31: closed\n", "    2027-12-31: closed\n    2028-01-01..2028-01-08: closed\n",
		`sat: "09:00-14:00"`, `sat: "09:00-15:00"`,
		"answer_within: 2m", "answer_within: 3m",
		"booking: {length: 30m", "booking: {length: 40m",
		"  duty:\n    title:", "  night:\n    title: {ru: ночной, en: night}\n    hours: night\n  duty:\n    title:",
	))))
}

func TestWhatOnlyNewConversationsHave(t *testing.T) {
	golden(t, "steps", tell(diff.Between(reference(t), edited(t,
		`version:  "2026-01"`, `version:  "2027-01"`,
		`valid:    365d`, `valid:    180d`,
		`en: "What is the name of the person who needs help?"`, `en: "Who needs help, by name?"`,
		`      - {id: cough,  text: {ru: "Кашель", en: "Cough"}}`+"\n", "",
		"red_flag: true}\n      - {id: other", "red_flag: true}\n      - {id: back, text: {ru: Спина, en: Back}}\n      - {id: other",
		"    - after: 3m\n      also: duty", "    - after: 4m\n      also: duty",
		"{after: 30s, also: duty, alert: lead}", "{after: 30s, also: gp, alert: lead}",
		"  - after: 24h\n    end:", "  - after: 12h\n    end:",
		"    - ask: breathless\n", "",
		"    - ask: born\n    - ask: symptoms", "    - ask: symptoms\n    - ask: born",
		"if: age(born) >= 6", "if: age(born) >= 7",
		"within: 2h", "within: 4h",
		"    - ask: name\n    - ask: phone\n", "    - ask: name\n    - ask: phone\n    - ask: reason\n",
		"{start: hello, ", "{start: repeat, ",
	))))
}

func TestNamesOfParts(t *testing.T) {
	files := edited(t)
	files[0].Data = []byte(strings.ReplaceAll(string(files[0].Data), "goodbye", "farewell"))
	c := diff.Between(reference(t), files)
	require.Equal(t, []string{"part goodbye is called farewell from then on"}, c.Later, "the jumps to it are told with it")
	require.Empty(t, c.Now)
	require.True(t, c.Parts["goodbye"])

	golden(t, "parts", tell(diff.Between(reference(t), edited(t,
		"  repeat_unwell:\n    - set: {reason: refill}     # literals only, checked against the slot's type\n    - goto: triage\n", "",
		"if_yes: repeat_unwell", "if_yes: triage",
		"  goodbye:\n", "  survey:\n    - ask: pain\n    - goto: goodbye\n\n  goodbye:\n",
	))))
}

// A document that changes under the same version is told: nobody would be asked
// again.
func TestADocument(t *testing.T) {
	files := reference(t)
	files[1].Data = append(files[1].Data, "One more sentence.\n"...)
	require.Equal(t, []string{"consent privacy, the document in en says something else, under the same version “2026-01”: who has agreed is not asked again"},
		diff.Between(reference(t), files).Later)
}

// Layout is no difference: comments, order of sections and keys, files, folders.
func TestWhatIsNoDifference(t *testing.T) {
	one := "bedside: 1\nlanguages: [en]\nclinic: {name: {en: C}, phone: \"1\"}\nslots:\n  a: {type: text, ask: {en: A}}\n  b: {type: text, ask: {en: B}}\nparts:\n  hello:\n    - ask: a\n      if: known(b)\n"
	first := "# a comment\nbedside: 1\nparts:\n  hello:\n  - if: \"known(b)\"\n    ask: a\nslots: {b: {ask: {en: B}, type: text}}\n"
	second := "languages: [ en ]\nslots:\n    a:\n        ask:\n            en: 'A'\n        type: text\nclinic:\n  phone: '1'\n  name: {en: \"C\"}\n"
	require.True(t, diff.Between(
		[]flows.File{{Path: "x.yaml", Data: []byte(one)}},
		[]flows.File{{Path: "b/1.yaml", Data: []byte(first)}, {Path: "b/2.yaml", Data: []byte(second)}},
	).None())
	require.True(t, diff.Between(reference(t), reference(t)).None())
	require.True(t, diff.Between(nil, nil).None())
	require.False(t, diff.Between(nil, reference(t)).None())
	require.True(t, diff.Between(nil, []flows.File{{Path: "x.yaml", Data: []byte("\x00{[")}}).None(), "what is no YAML has nothing to compare")
}
