package main

import (
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/stretchr/testify/require"
)

// typed is a command that a document shows.
type typed struct {
	at, line string
	whole    bool // it stands to be copied; else it is mentioned, perhaps without -c
}

var (
	// calls are the ways to call the program.
	calls    = regexp.MustCompile(`^(?:\$ )?(?:[A-Z_]+=\S+ )?(?:sudo (?:-u \S+ )?)?(?:\./|go run \./cmd/|/usr/local/bin/)?bedside(?:\.exe)? ([a-z-]+(?: .*)?)$`)
	spans    = regexp.MustCompile("`[^`]+`")
	behind   = regexp.MustCompile(` {3,}.*$| +#.*$| [|<>] .*$| && .*$| …$`)
	notes    = regexp.MustCompile(`(?m)^\s*# ?`)
	fences   = regexp.MustCompile("(?ms)^```.*?^```$")
	examples = regexp.MustCompile(`(?s)Examples?:\n(.*)`)
)

// typedIn finds the commands of a text in Markdown: those of its blocks, whole, and
// those among its words.
func typedIn(at, text string) (found []typed) {
	block := func(lines string) {
		for _, line := range strings.Split(strings.ReplaceAll(lines, "\\\n", " "), "\n") {
			if m := calls.FindStringSubmatch(behind.ReplaceAllString(strings.TrimSpace(line), "")); m != nil {
				found = append(found, typed{at, m[1], true})
			}
		}
	}
	text = fences.ReplaceAllStringFunc(text, func(s string) string { block(s); return "" })
	var words, lines []string
	for _, line := range strings.Split(text, "\n") {
		if strings.HasPrefix(line, "    ") {
			lines = append(lines, line)
		} else {
			words = append(words, line)
		}
	}
	block(strings.Join(lines, "\n"))
	for _, span := range spans.FindAllString(strings.Join(words, "\n"), -1) {
		line := strings.Join(strings.Fields(strings.Trim(span, "`")), " ")
		if m := calls.FindStringSubmatch(behind.ReplaceAllString(line, "")); m != nil {
			found = append(found, typed{at, m[1], false})
		}
	}
	return found
}

// documents are all texts that tell somebody what to type, and the help of every
// command.
func documents(t *testing.T) (all []typed) {
	t.Helper()
	root := "../../"
	files, err := filepath.Glob(root + "docs/*.md")
	require.NoError(t, err)
	for _, name := range append(files, root+"README.md", root+"CONTRIBUTING.md", root+"config.example.yaml", root+"Containerfile") {
		data, err := os.ReadFile(name)
		require.NoError(t, err)
		text := string(data)
		if !strings.HasSuffix(name, ".md") {
			text = notes.ReplaceAllString(text, "")
		}
		all = append(all, typedIn(filepath.Base(name), text)...)
	}
	parser, err := kong.New(&commands{}, kong.Name("bedside"))
	require.NoError(t, err)
	for _, leaf := range parser.Model.Leaves(true) {
		if m := examples.FindStringSubmatch(leaf.Detail); m != nil {
			all = append(all, typedIn(leaf.FullPath()+" --help", regexp.MustCompile(`(?m)^  `).ReplaceAllString(m[1], "    "))...)
		}
	}
	return all
}

// shellWords splits a line as a shell does, as far as the documents go.
var aWord = regexp.MustCompile(`(?:"[^"]*"|'[^']*'|\$\([^)]*\)|[^\s"'])+`)

func shellWords(line string) []string {
	var out []string
	for _, word := range aWord.FindAllString(line, -1) {
		out = append(out, strings.NewReplacer(`"`, "", "'", "").Replace(word))
	}
	return out
}

// Whatever a document or the help of a command has somebody type is understood by
// the command line: the command, every flag and value, and as many words as it takes.
func TestWhatIsToBeTypedIsUnderstood(t *testing.T) {
	from := map[string]int{}
	var wrong []string
	for _, c := range documents(t) {
		args := shellWords(c.line)
		from[c.at]++
		forHelp := args[0] == "help" || args[len(args)-1] == "--help"
		if forHelp {
			args = strings.Fields(strings.TrimSuffix(strings.TrimPrefix(c.line, "help "), " --help"))
		}
		parser, err := kong.New(&commands{}, kong.Name("bedside"), kong.Writers(io.Discard, io.Discard), kong.Exit(func(int) {}))
		require.NoError(t, err)
		_, err = parser.Parse(args)
		if err != nil && !((forHelp || !c.whole) && lacksOnly(err, len(args))) {
			wrong = append(wrong, c.at+": bedside "+c.line+": "+err.Error())
		}
	}
	require.Empty(t, wrong, strings.Join(wrong, "\n"))
	for at, least := range map[string]int{"README.md": 8, "install.md": 25, "check.md": 5, "flows-publishing.md": 8, "flows.md": 4, "config.example.yaml": 6, "bedside restore --help": 2} {
		require.GreaterOrEqual(t, from[at], least, "commands found in %s", at)
	}
}

// lacksOnly reports whether an error is of what a mention may leave out: the
// configuration, or all that stands behind a command's name.
func lacksOnly(err error, words int) bool {
	text := err.Error()
	return strings.HasPrefix(text, "missing flags: --config") || strings.HasPrefix(text, "expected ") && words <= 2
}
