package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

const exampleFlow = "../../flows/examples/booking"

func TestAFlowIsDrawn(t *testing.T) {
	file := filepath.Join(t.TempDir(), "flow.svg")
	code, said := command(t, "flow", "graph", exampleFlow, "-o", file)
	require.Zero(t, code, said)
	svg, err := os.ReadFile(file)
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(string(svg), "<svg "))
	code, said = command(t, "flow", "graph", exampleFlow, "--format", "mermaid", "--language", "ru")
	require.Zero(t, code, said)
	require.Contains(t, said, "flowchart LR")
	require.Contains(t, said, "Позвоню, но останьтесь на связи")

	code, said = command(t, "flow", "graph", exampleFlow, "--language", "de")
	face(t, said, code, "--language de", "en, ru")
	code, said = command(t, "flow", "graph", "nowhere")
	face(t, said, code, "nowhere")
	code, said = command(t, "flow", "graph", exampleFlow, "--format", "png")
	face(t, said, code, "svg", "mermaid")
	empty := filepath.Join(t.TempDir(), "empty.yaml")
	require.NoError(t, os.WriteFile(empty, []byte("bedside: 1\n"), 0o600))
	code, said = command(t, "flow", "graph", empty)
	require.Equal(t, exitFailed, code)
	require.Contains(t, said, "nothing to draw")
}

// Texts go out, are translated, and come back; the flow is sound afterwards, in
// one language more.
func TestTextsAreTranslated(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "flow")
	require.NoError(t, os.CopyFS(folder, os.DirFS(exampleFlow)))
	po := filepath.Join(t.TempDir(), "de.po")
	code, said := command(t, "flow", "texts", folder, "--to", "de", "-o", po)
	require.Zero(t, code, said)
	lines, err := os.ReadFile(po)
	require.NoError(t, err)
	out := strings.Split(string(lines), "\n")
	for i, l := range out {
		if l == `msgstr ""` && i > 2 {
			out[i] = "msgstr" + strings.TrimPrefix(out[i-1], "msgid")
		}
	}
	require.NoError(t, os.WriteFile(po, []byte(strings.Join(out, "\n")), 0o600))
	code, said = command(t, "flow", "texts", folder, "--merge", po)
	require.Zero(t, code, said)
	require.Contains(t, said, "translations into de put into 1 files")
	flow, err := os.ReadFile(filepath.Join(folder, "flow.yaml"))
	require.NoError(t, err)
	require.Contains(t, string(flow), "languages: [en, ru, de]")
	require.Contains(t, string(flow), "# Booking only", "comments stay")

	code, said = command(t, "flow", "texts", folder, "--to", "!")
	face(t, said, code, "--to !", "pt-BR")
	code, said = command(t, "flow", "texts", folder)
	face(t, said, code, "--to", "--merge")
	code, said = command(t, "flow", "texts", folder, "--merge", filepath.Join(folder, "flow.yaml"))
	require.Equal(t, exitFailed, code)
	require.Contains(t, said, "Language:")
}

// full is an output that can take no more.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, syscall.ENOSPC }

// A path at which no flow stands is a wrong place for every command that reads one,
// and an outcome that cannot be written is none.
func TestExitCodesOfWhatReadsAFlow(t *testing.T) {
	hollow := t.TempDir()
	large := filepath.Join(t.TempDir(), "large.yaml")
	require.NoError(t, os.WriteFile(large, make([]byte, maxFlow+1), 0o600))
	odd := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(odd, "flow.test.yaml"), 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(odd, "flow.yml"), nil, 0o600))
	for _, args := range [][]string{{"check"}, {"graph"}, {"try"}, {"test"}, {"texts", "--to", "de"}} {
		for path, says := range map[string]string{hollow: "no *.yaml files", large: "larger than 1 MB", odd: "rename it", os.DevNull: "not a file"} {
			code, said := command(t, append(append([]string{"flow"}, args...), path)...)
			face(t, said, code, path, says)
		}
	}
	var errs safeBuffer
	code := run(t.Context(), []string{"flow", "test", exampleFlow}, streams{in: os.Stdin, out: full{}, err: &errs})
	require.NotEqual(t, exitDone, code)
	require.Contains(t, errs.String(), "the disk is full")
}

// A link to a flow stays one, and no file of its owner's is written over.
func TestTranslationsIntoALink(t *testing.T) {
	folder := t.TempDir()
	target, link, po := filepath.Join(folder, "real"), filepath.Join(folder, "flow.yaml"), filepath.Join(folder, "de.po")
	require.NoError(t, os.WriteFile(target, []byte("languages: [en]\nclinic: {name: {en: C}}\n"), 0o640))
	require.NoError(t, os.Symlink("real", link))
	require.NoError(t, os.WriteFile(link+".new", []byte("mine"), 0o600))
	require.NoError(t, os.WriteFile(target+".new", []byte("mine"), 0o600))
	head := "msgid \"\"\nmsgstr \"Language: de\\n\"\n\nmsgctxt \"clinic.name\"\nmsgid \"C\"\nmsgstr \"Haus\"\n"
	require.NoError(t, os.WriteFile(po, []byte(head), 0o600))
	code, said := command(t, "flow", "texts", link, "--merge", po)
	require.Zero(t, code, said)
	info, err := os.Lstat(link)
	require.NoError(t, err)
	require.NotZero(t, info.Mode()&os.ModeSymlink)
	info, err = os.Stat(target)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o640), info.Mode().Perm())
	data, err := os.ReadFile(target)
	require.NoError(t, err)
	require.Contains(t, string(data), "languages: [en, de]")
	for _, other := range []string{link, target} {
		data, err := os.ReadFile(other + ".new")
		require.NoError(t, err)
		require.Equal(t, "mine", string(data))
	}

	require.NoError(t, os.WriteFile(target, []byte("languages:\n  -\n    en\nclinic: {name: {en: C}}\n"), 0o640))
	code, said = command(t, "flow", "texts", link, "--merge", po)
	require.Equal(t, exitFailed, code, said)
	require.Contains(t, said, "1 left as they are, for they would not be read as it was meant; change them by hand: "+link)
	data, err = os.ReadFile(target)
	require.NoError(t, err)
	require.NotContains(t, string(data), "Haus")
}

func TestTheSchemaIsPrinted(t *testing.T) {
	code, said := command(t, "flow", "schema")
	require.Zero(t, code)
	require.Contains(t, said, "json-schema.org/draft-07")
}
