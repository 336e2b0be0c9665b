package yamltree_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/flows/internal/yamltree"
)

// TestSlips holds where a slip is found, and words of its cure.
func TestSlips(t *testing.T) {
	for name, c := range map[string]struct {
		data         string
		line, column int
		code, cure   string
	}{
		"sign of YAML in brackets": {"a:\n  say: {en: @home}\n", 2, 13, yamltree.Syntax, "double quotes"},
		"percent":                  {"a:\n  en: %done\n", 2, 3, yamltree.Syntax, "double quotes"},
		"colon in a text":          {"en: Note: call us\n", 1, 5, yamltree.Syntax, "double quotes"},
		"quote not closed":         {"en: \"open\nru: x\n", 1, 5, yamltree.Syntax, "close it"},
		"text behind a quote":      {"if: \"a\" == who\n", 1, 9, yamltree.Syntax, "begin a condition with a word"},
		"bracket not closed":       {"a: {en: \"x\"\nb: 1\n", 2, 1, yamltree.Syntax, "close it with }"},
		"list among keys":          {"- a\nb: c\n", 2, 1, yamltree.Syntax, "indentation"},
		"control character":        {"a: \"x\x01\"\n", 1, 6, yamltree.Syntax, "delete it"},
		"tab":                      {"a:\n\tb: 1\n", 2, 1, yamltree.Tab, "spaces"},
		"tab behind spaces":        {"a:\n  b: 1\n \tc: 2\n", 3, 2, yamltree.Tab, "spaces"},
		"non-breaking space":       {"a:\n  b: 1\n\u00a0 c\n", 3, 1, yamltree.Space, "ordinary spaces"},
		"two documents":            {"---\na: 1\n---\nb: 2\n", 3, 1, yamltree.Documents, "without ---"},
		"Latin-1":                  {"a: 1\nb: caf\xe9\n", 2, 7, yamltree.NotUTF8, "UTF-8"},
		"UTF-16":                   {"\xff\xfea\x00", 1, 1, yamltree.NotUTF8, "UTF-8"},
		"nothing":                  {"", 1, 1, yamltree.Empty, "flow"},
		"only dashes":              {"---\n", 1, 1, yamltree.Empty, "flow"},
		"tag":                      {"if: !x\n", 1, 5, yamltree.Tag, "`not x`"},
		"long tag":                 {"if: !!str x\n", 1, 5, yamltree.Tag, "leave the tag out"},
		"merge key":                {"a:\n  <<: {b: 1}\n", 2, 3, yamltree.Syntax, "one plain word"},
		"list as key":              {"[a]: 1\n", 1, 1, yamltree.Syntax, "one plain word"},
		"twice":                    {"a: 1\n\"a\": 2\n", 2, 1, yamltree.DuplicateKey, "one of them"},
		"alias":                    {"a: &x 1\nb: *x\n", 1, 4, yamltree.Alias, "leave it out"},
	} {
		t.Run(name, func(t *testing.T) {
			_, problems := yamltree.Parse([]byte(c.data))
			require.NotEmpty(t, problems)
			p := problems[0]
			require.Equal(t, c.code, p.Code, p.What)
			require.Equal(t, [2]int{c.line, c.column}, [2]int{p.Line, p.Column}, p.What)
			require.Contains(t, p.Cure, c.cure)
		})
	}
}

func TestSoundFilesPass(t *testing.T) {
	for _, data := range []string{"a: 1\n", "\ufeffa: 1\n", "a: 1\r\nb: 2\r\n", "---\na: \"!x *y &z\"\n...\n", "a: |\n  text\n  \twith a tab\n", "\"<<\": 1\n"} {
		root, problems := yamltree.Parse([]byte(data))
		require.Empty(t, problems, "%q", data)
		require.NotNil(t, root)
	}
}

func TestSize(t *testing.T) {
	line := "# remark\n"
	full := strings.Repeat(line, (yamltree.MaxBytes-5)/len(line)) + "a: 1\n"
	_, problems := yamltree.Parse([]byte(full))
	require.Empty(t, problems)
	_, problems = yamltree.Parse([]byte(full + line + line))
	require.Equal(t, yamltree.TooLarge, problems[0].Code)
}
