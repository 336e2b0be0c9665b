package texts_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/flows"
	"bedside/flows/texts"
)

const small = `bedside: 1
languages: [en, "ru"]   # both
clinic:
  name: {en: "Harbour Clinic", ru: 'Клиника «Гавань»'}
consents:
  privacy:
    title: {en: Consent, ru: Согласие}
    document: {en: privacy.en.md, ru: privacy.ru.md}
slots:
  who:
    type: choice
    ask:
      en: "Who, \"really\"?"   # a note
      ru: "Кто?"
    options:
      - {id: me, text: {en: "Me", ru: "Я"}}
parts:
  hello:
    - say: {en: "Hello, {name}", ru: "Здравствуйте, {name}"}
    - say:
        en: >
          A long
          text
        ru: "Длинный"
`

func one(data string) []flows.File { return []flows.File{{Path: "flow.yaml", Data: []byte(data)}} }

func TestTextsAreFoundByTheirPath(t *testing.T) {
	all, err := texts.Find(one(small))
	require.NoError(t, err)
	var paths []string
	for _, text := range all {
		paths = append(paths, text.Path)
	}
	require.Equal(t, []string{"clinic.name", "consents.privacy.title", "slots.who.ask", "slots.who.options.me.text", "parts.hello.1.say", "parts.hello.2.say"}, paths)
	require.Equal(t, `Who, "really"?`, all[2].In["en"])
	require.Equal(t, 13, all[2].Line)
}

// What a translator writes comes back into the files, and nothing else of them
// changes.
func TestANewLanguageIsPutIn(t *testing.T) {
	po, err := texts.Extract(one(small), "de")
	require.NoError(t, err)
	require.Contains(t, string(po), "#: flow.yaml:13\nmsgctxt \"slots.who.ask\"\nmsgid \"Who, \\\"really\\\"?\"\nmsgstr \"\"\n")
	translated := strings.NewReplacer(
		"msgid \"Who, \\\"really\\\"?\"\nmsgstr \"\"", "msgid \"Who, \\\"really\\\"?\"\nmsgstr \"Wer: \\\"wirklich\\\"?\"",
		"msgid \"Me\"\nmsgstr \"\"", "msgid \"Me\"\nmsgstr \"Ich\"",
		"msgid \"Consent\"\nmsgstr \"\"", "msgid \"Consent\"\nmsgstr \"Einwilligung\"",
	).Replace(string(po))
	m, err := texts.Merge(one(small), []byte(translated))
	require.NoError(t, err)
	require.Equal(t, 3, m.Put)
	require.Equal(t, []string{"clinic.name", "parts.hello.1.say", "parts.hello.2.say"}, m.Missing)
	require.Empty(t, m.Outdated)
	want := strings.NewReplacer(
		`languages: [en, "ru"]`, `languages: [en, "ru", de]`,
		`{en: "Me"`, `{de: "Ich", en: "Me"`,
		`{en: Consent`, `{de: "Einwilligung", en: Consent`,
		`      en: "Who,`, `      de: "Wer: \"wirklich\"?"`+"\n"+`      en: "Who,`,
	).Replace(small)
	require.Equal(t, want, string(m.Files[0].Data))
}

func TestATranslationIsMended(t *testing.T) {
	po, err := texts.Extract(one(small), "ru")
	require.NoError(t, err)
	mended := strings.NewReplacer(`"Кто?"`, `"Кто это?"`, `"Согласие"`, `"Согласие на всё"`, `"Клиника «Гавань»"`, `"Гавань"`, `"Длинный"`, `"Длинный текст"`).Replace(string(po))
	m, err := texts.Merge(one(small), []byte(mended))
	require.NoError(t, err)
	require.Equal(t, 4, m.Put)
	want := strings.NewReplacer(`"Кто?"`, `"Кто это?"`, `ru: Согласие`, `ru: "Согласие на всё"`, `'Клиника «Гавань»'`, `"Гавань"`, `"Длинный"`, `"Длинный текст"`).Replace(small)
	require.Equal(t, want, string(m.Files[0].Data))
}

func TestWhatHasChangedMeanwhileIsLeftAlone(t *testing.T) {
	po, err := texts.Extract(one(small), "ru")
	require.NoError(t, err)
	mended := strings.NewReplacer(`"Кто?"`, `"Кто это?"`, `msgctxt "parts.hello.1.say"`, `msgctxt "parts.gone.1.say"`).Replace(string(po))
	m, err := texts.Merge(one(strings.Replace(small, "really", "truly", 1)), []byte(mended))
	require.NoError(t, err)
	require.Equal(t, []string{"slots.who.ask"}, m.Outdated)
	require.Equal(t, []string{"parts.gone.1.say"}, m.Unknown)
	require.Empty(t, m.Files)
}

func TestATextOfSeveralLinesIsForTheHand(t *testing.T) {
	files := one(strings.Replace(small, "languages: [en, \"ru\"]", "languages: [ru, en]", 1))
	po, err := texts.Extract(files, "en")
	require.NoError(t, err)
	m, err := texts.Merge(files, []byte(strings.Replace(string(po), `A long text\n`, `Another`, 1)))
	require.NoError(t, err)
	require.Equal(t, []string{"flow.yaml:21"}, m.ByHand)
	require.Zero(t, m.Put)
}

// Every text of the reference goes out and comes back into another language,
// and the result still compiles as far as the original did.
func TestTheReferenceInAnotherLanguage(t *testing.T) {
	data, err := os.ReadFile("../testdata/reference/reference.yaml")
	require.NoError(t, err)
	files := []flows.File{{Path: "reference.yaml", Data: data}}
	po, err := texts.Extract(files, "en")
	require.NoError(t, err)
	german := strings.ReplaceAll(string(po), "Language: en", "Language: de")
	m, err := texts.Merge(files, []byte(german))
	require.NoError(t, err)
	all, err := texts.Find(m.Files)
	require.NoError(t, err)
	require.Equal(t, len(all), m.Put)
	require.Empty(t, m.Missing)
	for _, text := range all {
		require.Equal(t, text.In["en"], text.In["de"], text.Path)
	}
}

func TestAnythingMayBeGiven(t *testing.T) {
	_, err := texts.Merge(one(small), []byte("not a PO file"))
	require.ErrorContains(t, err, "Language")
	_, err = texts.Find(one("a: [b"))
	require.ErrorContains(t, err, "flow.yaml:1:")
	_, err = texts.Find(one("a: b"))
	require.ErrorContains(t, err, "languages")
}

func FuzzMerge(f *testing.F) {
	f.Add([]byte(small), []byte("msgid \"\"\nmsgstr \"Language: de\\n\"\n\nmsgctxt \"clinic.name\"\nmsgid \"Harbour Clinic\"\nmsgstr \"Hafen\"\n"))
	f.Fuzz(func(t *testing.T, flow, po []byte) {
		m, err := texts.Merge([]flows.File{{Path: "flow.yaml", Data: flow}}, po)
		if err != nil || len(m.Files) == 0 {
			return
		}
		_, err = texts.Find(m.Files)
		require.NoError(t, err, "what was put in cannot be read")
	})
}
