package flows_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"bedside/flows"
)

const problemsPage = "../docs/flow-problems.md"

// TestTheProblemsPageIsCurrent holds the page that explains every code to the
// table of codes and to the broken files.
func TestTheProblemsPageIsCurrent(t *testing.T) {
	page := writeProblemsPage(brokenCases(t))
	if os.Getenv("UPDATE") != "" {
		require.NoError(t, os.WriteFile(problemsPage, []byte(page), 0o644))
	}
	have, err := os.ReadFile(problemsPage)
	require.NoError(t, err)
	require.Equal(t, string(have), page, "run go generate ./flows")
	for _, info := range flows.Codes() {
		_, anchor, _ := strings.Cut(flows.Page(info.Code), "#")
		require.Contains(t, page, "\n## "+anchor+"\n", "every code has its section")
	}
}

const problemsHead = `# What bedside flow check says

<!-- Written by go generate ./flows from the table of codes and from flows/testdata/broken. -->

    bedside flow check flows                   # a folder whose *.yaml are one flow, or a file
    bedside flow check flows --strict          # warnings count as well
    bedside flow check flows --format json     # for programs; github for a workflow's annotations

Every problem is one line: the place, how grave it is, its code, what is wrong, and what
to write instead. All problems come at once. An **error** stops a flow from being served;
a **warning** does not. Codes keep their meaning from version to version.

Each code below has an example that holds it, with the numbers of its lines. In the
examples ⇥ is a tab, ␣ a character that only looks like a space, and � a byte that is not
UTF-8.

`

func writeProblemsPage(cases []broken) string {
	var b strings.Builder
	b.WriteString(problemsHead)
	for _, info := range flows.Codes() {
		fmt.Fprintf(&b, "- [`%s`](#%s): %s\n", info.Code, info.Code, info.Meaning)
	}
	for _, info := range flows.Codes() {
		fmt.Fprintf(&b, "\n## %s\n\n%s.\n\n%s\n", info.Code, sentence(info.Meaning), info.Mend)
		for _, c := range cases {
			if c.code == info.Code {
				writeExample(&b, c)
			}
		}
	}
	return b.String()
}

// sentence begins with a capital.
func sentence(s string) string {
	r := []rune(s)
	r[0] = unicode.ToUpper(r[0])
	return string(r)
}

// mostShown bounds the problems of one example that are shown.
const mostShown = 6

func writeExample(b *strings.Builder, c broken) {
	_, problems := c.problems()
	problems = slices.DeleteFunc(problems, func(p flows.Problem) bool { return p.Code != c.code })
	problems = problems[:min(len(problems), mostShown)]
	var excerpts strings.Builder
	for _, f := range c.files {
		excerpts.WriteString(excerpt(f, problems))
	}
	if excerpts.Len() > 0 {
		fmt.Fprintf(b, "\n```text\n%s```\n", excerpts.String())
	}
	fmt.Fprintf(b, "\n```text\n%s```\n", lines(problems))
}

// excerpt shows the lines of a file around its problems, with their numbers.
func excerpt(f flows.File, problems []flows.Problem) string {
	rows := strings.Split(strings.TrimRight(string(f.Data), "\n"), "\n")
	if len(rows) > 500 {
		return "" // made for its size
	}
	show := map[int]bool{}
	for _, p := range problems {
		for line := p.Line - 1; p.File == f.Path && line <= p.Line+1; line++ {
			show[line] = true
		}
	}
	var b strings.Builder
	for i, row := range rows {
		if show[i+1] {
			fmt.Fprintf(&b, "%3d  %s\n", i+1, visible(row))
		} else if b.Len() > 0 && !strings.HasSuffix(b.String(), "…\n") && laterShown(show, i+1) {
			b.WriteString("  …\n")
		}
	}
	return b.String()
}

func laterShown(show map[int]bool, line int) bool {
	for l := range show {
		if l > line {
			return true
		}
	}
	return false
}

// visible makes seen what an editor does not show.
func visible(row string) string {
	if r := []rune(row); len(r) > 160 {
		row = string(r[:160]) + "…"
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return '⇥'
		case r == '\r', r == '\ufeff':
			return -1
		case r == ' ', unicode.IsPrint(r):
			return r
		default:
			return '␣'
		}
	}, strings.ToValidUTF8(row, "\uFFFD"))
}
