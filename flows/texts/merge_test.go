package texts_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/flows"
	"bedside/flows/texts"
)

// translated is a PO file with one text.
func translated(language, source, words string) []byte {
	return []byte("msgid \"\"\nmsgstr \"Language: " + language + "\\n\"\n\nmsgctxt \"clinic.name\"\nmsgid \"" + source + "\"\nmsgstr \"" + words + "\"\n")
}

// However a sound file is laid out, what is put in is read as it was meant, and
// nothing else is touched.
func TestFilesOfAnyLayout(t *testing.T) {
	for name, c := range map[string]struct{ before, after string }{
		"a list in wide spacing": {
			"languages:\n -   en # the first\n -   \"ru\"   # both\nclinic:\n  name: {en: \"C\", ru: \"К\"}\n",
			"languages:\n -   en # the first\n -   \"ru\"   # both\n -   de\nclinic:\n  name: {de: \"Haus\", en: \"C\", ru: \"К\"}\n",
		},
		"a list without indent, at the end": {
			"clinic:\n  name:\n    en: \"C\"\nlanguages:\n- en",
			"clinic:\n  name:\n    de: \"Haus\"\n    en: \"C\"\nlanguages:\n- en\n- de",
		},
		"a byte order mark": {
			"\ufefflanguages: [en, ru]\nclinic: {name: {en: C}}\n",
			"\ufefflanguages: [en, ru, de]\nclinic: {name: {de: \"Haus\", en: C}}\n",
		},
		"a mark and everything on one line": {
			"\ufeff{languages: [en], clinic: {name: {en: C}}}\n",
			"\ufeff{languages: [en, de], clinic: {name: {de: \"Haus\", en: C}}}\n",
		},
		"breaks of Windows": {
			"languages:\r\n  - en\r\nclinic:\r\n  name:\r\n    en: C\r\n",
			"languages:\r\n  - en\r\n  - de\r\nclinic:\r\n  name:\r\n    de: \"Haus\"\r\n    en: C\r\n",
		},
		"a lone carriage return above": {
			"# one\rlanguages: [en]\nclinic: {name: {en: C}}\n",
			"# one\rlanguages: [en, de]\nclinic: {name: {de: \"Haus\", en: C}}\n",
		},
		"a separator of Unicode above": {
			"languages: [en]\u2028clinic: {name: {en: C}}\n",
			"languages: [en, de]\u2028clinic: {name: {de: \"Haus\", en: C}}\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			m, err := texts.Merge(one(c.before), translated("de", "C", "Haus"))
			require.NoError(t, err)
			require.Empty(t, m.Left)
			require.Equal(t, 1, m.Put)
			require.Equal(t, c.after, string(m.Files[0].Data))
		})
	}
}

// A layout in which the place is another than it seems leaves the file alone, and
// only that one.
func TestAFileThatWouldBeDamagedIsLeft(t *testing.T) {
	files := []flows.File{
		{Path: "a.yaml", Data: []byte("clinic:\n  name:\n    ? en\n    : \"C\"\n")},
		{Path: "b.yaml", Data: []byte("languages: [en]\n")},
	}
	m, err := texts.Merge(files, translated("de", "C", "Haus"))
	require.NoError(t, err)
	require.Equal(t, []string{"a.yaml"}, m.Left)
	require.Zero(t, m.Put)
	require.Len(t, m.Files, 1)
	require.Equal(t, "languages: [en, de]\n", string(m.Files[0].Data))

	m, err = texts.Merge(one("languages:\n  -\n    en\nclinic: {name: {en: C}}\n"), translated("de", "C", "Haus"))
	require.NoError(t, err)
	require.Equal(t, []string{"flow.yaml"}, m.Left)
	require.Empty(t, m.Files)
}

func TestLanguagesAsTranslatorsProgramsWriteThem(t *testing.T) {
	const flow = "languages: [en]\nclinic: {name: {en: C}}\n"
	m, err := texts.Merge(one(flow), translated("pt_BR", "C", "Casa"))
	require.NoError(t, err)
	require.Equal(t, "pt-BR", m.Language)
	require.Equal(t, "languages: [en, pt-BR]\nclinic: {name: {pt-BR: \"Casa\", en: C}}\n", string(m.Files[0].Data))
	m, err = texts.Merge(m.Files, translated("pt-br", "C", "Lar"))
	require.NoError(t, err)
	require.Equal(t, "languages: [en, pt-BR]\nclinic: {name: {pt-BR: \"Lar\", en: C}}\n", string(m.Files[0].Data))
	m, err = texts.Merge(one(flow), translated("no", "C", "Hus"))
	require.NoError(t, err)
	require.Equal(t, "languages: [en, no]\nclinic: {name: {no: \"Hus\", en: C}}\n", string(m.Files[0].Data))
	for _, rubbish := range []string{"German, please", "x: [", "d", "de}", "und", strings.Repeat("a", 50)} {
		_, err = texts.Merge(one(flow), translated(rubbish, "C", "Haus"))
		require.ErrorContains(t, err, "which is no language", rubbish)
	}
}

// Characters that no editor shows come through as they are.
func TestOddCharacters(t *testing.T) {
	const odd = "a\u007f\u0085\u009f\u2028\ufeff\U0001f600z"
	m, err := texts.Merge(one("languages: [en]\nclinic: {name: {en: C}}\n"), translated("de", "C", odd))
	require.NoError(t, err)
	require.Empty(t, m.Left)
	all, err := texts.Find(m.Files)
	require.NoError(t, err)
	require.Equal(t, odd, all[0].In["de"])
}
