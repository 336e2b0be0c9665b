package yamltree_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/flows/yamltree"
)

// TestSlips holds where a slip is found, and words of its cure.
func TestSlips(t *testing.T) {
	for name, c := range map[string]struct {
		data         string
		line, column int
		code, cure   string
	}{
		"sign of YAML in brackets":  {"a:\n  say: {en: @home}\n", 2, 13, yamltree.Syntax, "double quotes"},
		"percent":                   {"a:\n  en: %done\n", 2, 7, yamltree.Syntax, "double quotes"},
		"colon in a text":           {"en: Note: call us\n", 1, 5, yamltree.Syntax, "double quotes"},
		"quote not closed":          {"en: \"open\nru: x\n", 1, 5, yamltree.Syntax, "close it"},
		"text behind a quote":       {"if: \"a\" == who\n", 1, 9, yamltree.Syntax, "begin it with a word"},
		"bracket not closed":        {"a: {en: \"x\"\nb: 1\n", 1, 4, yamltree.Syntax, "close it with }"},
		"list among keys":           {"- a\nb: c\n", 2, 1, yamltree.Syntax, "begin it with `- `"},
		"control character":         {"a: \"x\x01\"\n", 1, 6, yamltree.Syntax, "delete it"},
		"tab":                       {"a:\n\tb: 1\n", 2, 1, yamltree.Tab, "spaces"},
		"tab behind spaces":         {"a:\n  b: 1\n \tc: 2\n", 3, 2, yamltree.Tab, "spaces"},
		"non-breaking space":        {"a:\n  b: 1\n\u00a0 c\n", 3, 1, yamltree.Space, "ordinary spaces"},
		"two documents":             {"---\na: 1\n---\nb: 2\n", 3, 1, yamltree.Documents, "without ---"},
		"Latin-1":                   {"a: 1\nb: caf\xe9\n", 2, 7, yamltree.NotUTF8, "UTF-8"},
		"windows-1251":              {"a: 1\nb: \xcf\xf0\xe8\xe2\xe5\xf2!\n", 2, 4, yamltree.NotUTF8, "from windows-1251 to UTF-8"},
		"KOI8-R":                    {"b: \xf0\xd2\xc9\xd7\xc5\xd4\n", 1, 4, yamltree.NotUTF8, "UTF-8"},
		"UTF-16":                    {"\xff\xfea\x00", 1, 1, yamltree.NotUTF8, "UTF-8"},
		"nothing":                   {"", 1, 1, yamltree.Empty, "flow"},
		"only dashes":               {"---\n", 1, 1, yamltree.Empty, "flow"},
		"colon missing":             {"parts:\n  hello\n    - say: {en: x}\n", 2, 8, yamltree.Syntax, "`hello:`"},
		"colon missing in a step":   {"hello:\n  - say {en: \"x\"}\n  - ask: name\n", 2, 8, yamltree.Syntax, "`say:`"},
		"colon missing in a slot":   {"name:\n  type text\n  max: 80\n", 2, 7, yamltree.Syntax, "`type:`"},
		"no space behind a colon":   {"hello:\n  - say:{en: \"x\"}\n", 2, 8, yamltree.Syntax, "`say: `"},
		"wide colon":                {"parts：\n  hello:\n", 1, 6, yamltree.Syntax, "write : and"},
		"a space too many":          {"name:\n    type: text\n     max: 80\n", 3, 6, yamltree.Syntax, "4 spaces before it, as in line 2"},
		"a space too few":           {"name:\n    type: text\n   max: 80\n", 3, 4, yamltree.Syntax, "4 spaces before it, as in line 2"},
		"item at the depth of keys": {"parts:\n  hello:\n    - ask: name\n  - ask: born\n", 4, 3, yamltree.Syntax, "4 spaces before it, as in line 3"},
		"item too deep":             {"hello:\n  - ask: name\n   - ask: born\n", 3, 4, yamltree.Syntax, "2 spaces"},
		"item in the key's line":    {"hello: - ask: name\n", 1, 8, yamltree.Syntax, "next line"},
		"no space behind a dash":    {"hello:\n  -ask: name\n", 2, 3, yamltree.Syntax, "`- ask: …`"},
		"bullet":                    {"hello:\n  • ask: name\n", 2, 3, yamltree.Syntax, "- and a space"},
		"long dashes":               {"hello:\n  – ask: name\n  – ask: born\n", 2, 3, yamltree.Syntax, "- and a space"},
		"text that begins with {":   {"en: {name}, hello\n", 1, 5, yamltree.Syntax, "double quotes"},
		"text that is an insert":    {"en: {name}\n", 1, 5, yamltree.NoColon, "double quotes"},
		"text that begins with [":   {"en: [see] hello\n", 1, 5, yamltree.Syntax, "double quotes"},
		"text that begins with *":   {"en: *bold* text\n", 1, 5, yamltree.Syntax, "double quotes"},
		"text that begins with &":   {"en: & co\n", 1, 5, yamltree.Syntax, "double quotes"},
		"text that begins with |":   {"en: | hello\n", 1, 5, yamltree.Syntax, "double quotes"},
		"text that begins with >":   {"en: > hello\n", 1, 5, yamltree.Syntax, "double quotes"},
		"brackets inside a text":    {"a: {en: Hi {name}, ru: x}\n", 1, 9, yamltree.Syntax, "double quotes"},
		"comma inside a text":       {"a: {en: Hello, friend, ru: x}\n", 1, 16, yamltree.NoColon, "comma in double quotes"},
		"comma missing":             {"a: {en: \"x\" ru: \"y\"}\n", 1, 12, yamltree.Syntax, "one between"},
		"bracket too many":          {"a: {en: \"x\"}}\n", 1, 13, yamltree.Syntax, "remove it"},
		"wrong bracket":             {"a: [{en: \"x\"], b]\n", 1, 13, yamltree.Syntax, "write }"},
		"list not closed":           {"a:\n  o: [{id: a}, {id: b}\nb: 1\n", 2, 6, yamltree.Syntax, "close it with ]"},
		"quote inside a text":       {"a: {ru: \"При\"вет\"}\n", 1, 14, yamltree.Syntax, "is written \\\""},
		"apostrophe":                {"en: 'it's me'\n", 1, 9, yamltree.Syntax, "double quotes"},
		"quote closed by a curly":   {"en: \"Hello”\nru: x\n", 1, 11, yamltree.Syntax, "at both ends"},
		"curly quotes":              {"en: “Hello”\n", 1, 5, yamltree.Curly, "straight quotes"},
		"curly quotes in an if":     {"if: who == “child”\n", 1, 12, yamltree.Curly, "straight quotes"},
		"escape":                    {"en: \"a \\d b\"\n", 1, 8, yamltree.Syntax, "single quotes"},
		"marks of a merge":          {"a: 1\n<<<<<<< HEAD\nb: 1\n", 2, 1, yamltree.Syntax, "right of both"},
		"remark with slashes":       {"// remark\na: 1\n", 1, 1, yamltree.Syntax, "with #"},
		"space of no width":         {"goto: hel\u200blo\n", 1, 10, yamltree.Space, "delete it"},
		"odd space in a condition":  {"if: known(a)\u00a0and b\n", 1, 13, yamltree.Space, "ordinary space"},
		"odd space in a key":        {"na\u00a0me: x\n", 1, 3, yamltree.Space, "delete it"},
		"odd space behind a colon":  {"name:\u00a0x\nb: 1\n", 1, 6, yamltree.Space, "ordinary space"},
		"tag":                       {"if: !x\n", 1, 5, yamltree.Tag, "`not x`"},
		"long tag":                  {"if: !!str x\n", 1, 5, yamltree.Tag, "leave the tag out"},
		"merge key":                 {"a:\n  <<: {b: 1}\n", 2, 3, yamltree.Syntax, "one plain word"},
		"list as key":               {"[a]: 1\n", 1, 1, yamltree.Syntax, "one plain word"},
		"twice":                     {"a: 1\n\"a\": 2\n", 2, 1, yamltree.DuplicateKey, "one of them"},
		"alias":                     {"a: &x 1\nb: *x\n", 1, 4, yamltree.Alias, "leave it out"},
	} {
		t.Run(name, func(t *testing.T) {
			_, problems := yamltree.Guess([]byte(c.data))
			require.NotEmpty(t, problems)
			if c.code != yamltree.Tab && c.code != yamltree.Alias {
				require.Len(t, problems, 1, "one slip is one problem")
			}
			p := problems[0]
			require.Equal(t, c.code, p.Code, p.What)
			require.Equal(t, [2]int{c.line, c.column}, [2]int{p.Line, p.Column}, p.What)
			require.Contains(t, p.Cure, c.cure)
		})
	}
}

// TestOneSlipDoesNotHideAnother holds that a file is read on behind what is
// no YAML, and that each slip is told once.
func TestOneSlipDoesNotHideAnother(t *testing.T) {
	root, problems := yamltree.Guess([]byte("a:\n  b: \"open\n  c: one: two\n  d text\n   e: 1\n  f: {g: 1\n  h: @x\n  i: *z\n"))
	require.NotNil(t, root)
	var at []int
	for _, p := range problems {
		at = append(at, p.Line)
	}
	require.Equal(t, []int{2, 3, 4, 5, 6, 7, 8}, at, "%v", problems)
	require.Len(t, root.Content[1].Content, 14)
}

func TestSoundFilesPass(t *testing.T) {
	for _, data := range []string{"a: 1\n", "\ufeffa: 1\n", "a: 1\r\nb: 2\r\n", "---\na: \"!x *y &z\"\n...\n", "a: |\n  text\n  \twith a tab\n", "a: {ru: 5\u00a0мин, en: \"“Hi”\"}\n", "a: [x, y,]\nb: {c: 1,}\n", "a:\n- b: 1\n- c\n", "\"<<\": 1\n"} {
		root, problems := yamltree.Guess([]byte(data))
		require.Empty(t, problems, "%q", data)
		require.NotNil(t, root)
	}
}

func TestSize(t *testing.T) {
	line := "# remark\n"
	full := strings.Repeat(line, (yamltree.MaxBytes-5)/len(line)) + "a: 1\n"
	_, problems := yamltree.Guess([]byte(full))
	require.Empty(t, problems)
	_, problems = yamltree.Guess([]byte(full + line + line))
	require.Equal(t, yamltree.TooLarge, problems[0].Code)
}
