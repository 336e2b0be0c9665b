package flows_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bedside/flows"
)

// withDocument is the small clinic with a consent, in the folder a.
func withDocument(t testing.TB, name string, documents ...flows.File) ([]flows.File, []flows.Problem) {
	t.Helper()
	source := clinic + `  hello: [{consent: data, refused: bye}, {goto: bye}]
consents:
  data: {title: {en: "Data"}, document: {en: ` + name + `}, version: "1"}
`
	files := append([]flows.File{{Path: "a/flow.yaml", Data: []byte(source)}}, documents...)
	_, problems := flows.Compile(files)
	return files, problems
}

func TestDocumentsLieInTheFlowsFolder(t *testing.T) {
	in := func(path, text string) flows.File { return flows.File{Path: path, Data: []byte(text)} }
	for name, c := range map[string]struct {
		file flows.File
		want string
	}{
		"data.md":         {in("a/data.md", "I agree"), ""},
		"below/data.txt":  {in("a/below/data.txt", "I agree"), ""},
		"dtaa.md":         {in("a/data.md", "I agree"), "a/flow.yaml:27:46: error no-document: there is no document `dtaa.md`, did you mean `data.md`?"},
		"gone.md":         {in("data.md", "I agree"), "there is no document `gone.md`, put it there"},
		"empty.md":        {in("a/empty.md", " \n"), "there is nothing in the document"},
		"odd.md":          {in("a/odd.md", "\xff"), "is not UTF-8"},
		"large.md":        {in("a/large.md", strings.Repeat("x", 64<<10+1)), "has 65 KiB, more than 64"},
		"../data.md":      {in("data.md", "I agree"), "bad-value: `../data.md` is no document of this folder"},
		"/a/data.md":      {in("/a/data.md", "I agree"), "bad-value"},
		"b/../../data.md": {in("data.md", "I agree"), "bad-value"},
		"'C:\\\\data.md'": {in("C:\\\\data.md", "I agree"), "bad-value"},
		"data.html":       {in("a/data.md", "I agree"), "bad-value"},
		"flow.yaml":       {in("a/data.md", "I agree"), "bad-value"},
	} {
		_, problems := withDocument(t, name, c.file)
		if c.want == "" {
			require.NotContains(t, lines(problems), "error", name)
			continue
		}
		require.Contains(t, lines(problems), c.want, name)
	}
}

func TestAVersionIsItsDocumentsToo(t *testing.T) {
	hash := func(documents ...flows.File) string {
		files, _ := withDocument(t, "data.md", documents...)
		p, problems := flows.Compile(files)
		require.NotNil(t, p, "%v", problems)
		again, problems := flows.Compile(p.Sources())
		require.NotNil(t, again, "the sources build the version again: %v", problems)
		require.Equal(t, p.Hash(), again.Hash())
		require.Len(t, p.Sources(), 2)
		return p.Hash()
	}
	document := flows.File{Path: "a/data.md", Data: []byte("I agree")}
	changed := flows.File{Path: "a/data.md", Data: []byte("I agree.")}
	require.NotEqual(t, hash(document), hash(changed))
	require.Equal(t, hash(document), hash(document, flows.File{Path: "a/readme.md", Data: []byte("what no consent names")}))
}

func TestDocumentsNamesWhatCompileWants(t *testing.T) {
	files, _ := withDocument(t, "b/data.md")
	require.Equal(t, []string{"a/b/data.md"}, flows.Documents(files))
	require.Equal(t, []string{"consents/privacy.en.md", "consents/privacy.ru.md", "consents/remote.en.md", "consents/remote.ru.md"},
		flows.Documents(referenceFiles(t)[:1]))
	for _, odd := range []string{"", "\xff", "[", "consents: x", "consents: {a: [b]}", "consents: {a: {document: {en: [x.md], ru: ../x.md}}}", "- consents"} {
		require.Empty(t, flows.Documents([]flows.File{{Path: "x.yaml", Data: []byte(odd)}}), odd)
	}
	rapid.Check(t, func(rt *rapid.T) {
		data := rapid.SliceOf(rapid.Byte()).Draw(rt, "data")
		if rapid.Bool().Draw(rt, "consents") {
			data = append([]byte("consents: {a: {document: {en: "), data...)
		}
		for _, path := range flows.Documents([]flows.File{{Path: "folder/x.yaml", Data: data}}) {
			require.True(rt, strings.HasPrefix(path, "folder/") && !slices.Contains(strings.Split(path, "/"), ".."), path)
		}
	})
}
