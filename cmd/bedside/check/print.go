package check

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Printer writes lines for people, one check after the other as they end.
type Printer struct {
	Out      io.Writer
	Language string
	Colours  bool
}

var verdictWords = map[Verdict]Words{
	OK:      {"en": "ok", "ru": "ок"},
	Warning: {"en": "warning", "ru": "внимание"},
	Failed:  {"en": "not ok", "ru": "ошибка"},
	Skipped: {"en": "skipped", "ru": "пропуск"},
}

var skipped = Words{"en": "skipped: ", "ru": "пропущено: "}

var verdictColours = map[Verdict]string{OK: "32", Warning: "33", Failed: "1;31", Skipped: "2"}

const (
	verdictWide = 9
	titleWide   = 40
	indent      = "          "
	detailMost  = 20 // lines
)

// Line writes one line, and what to do where it is not ok.
func (p Printer) Line(l Line) {
	word, says := verdictWords[l.Verdict].In(p.Language), l.Says.In(p.Language)
	if l.Verdict == Skipped {
		says = skipped.In(p.Language) + says
	}
	fmt.Fprintf(p.Out, "%s %s  %s\n", p.coloured(l.Verdict, pad(word, verdictWide)), pad(l.Title.In(p.Language), titleWide), says)
	if l.Verdict == OK || l.Verdict == Skipped {
		return
	}
	for i, text := range strings.Split(l.Detail, "\n") {
		if i == detailMost {
			fmt.Fprintf(p.Out, "%s…\n", indent)
			break
		}
		if text != "" {
			fmt.Fprintf(p.Out, "%s%s\n", indent, text)
		}
	}
	if cure := l.Cure.In(p.Language); cure != "" {
		fmt.Fprintf(p.Out, "%s→ %s\n", indent, cure)
	}
}

// Finding writes a verdict, what was found, and what to do about it.
func (p Printer) Finding(v Verdict, says, cure string) {
	fmt.Fprintf(p.Out, "%s %s\n", p.coloured(v, pad(verdictWords[v].In(p.Language), verdictWide)), says)
	if cure != "" {
		fmt.Fprintf(p.Out, "%s→ %s\n", indent, cure)
	}
}

// Add writes a line to be added somewhere.
func (p Printer) Add(where, line string) {
	fmt.Fprintf(p.Out, "%s  %s %s\n", indent, pad(where+":", 7), line)
}

// End writes what it all comes to.
func (p Printer) End(lines []Line) {
	count := map[Verdict]int{}
	for _, l := range lines {
		count[l.Verdict]++
	}
	says := Words{"en": "All is ok.", "ru": "Всё в порядке."}
	switch {
	case count[Failed] > 0:
		says = Words{"en": "Not ok: {failed}; warnings: {warnings}; skipped: {skipped}.", "ru": "Ошибок: {failed}; замечаний: {warnings}; пропущено: {skipped}."}
	case count[Warning]+count[Skipped] > 0:
		says = Words{"en": "Nothing is broken; warnings: {warnings}; skipped: {skipped}.", "ru": "Ничего не сломано; замечаний: {warnings}; пропущено: {skipped}."}
	}
	says = says.with(Values{"failed": fmt.Sprint(count[Failed]), "warnings": fmt.Sprint(count[Warning]), "skipped": fmt.Sprint(count[Skipped])})
	fmt.Fprintf(p.Out, "\n%s\n", says.In(p.Language))
}

func (p Printer) coloured(v Verdict, text string) string {
	if !p.Colours {
		return text
	}
	return "\x1b[" + verdictColours[v] + "m" + text + "\x1b[0m"
}

func pad(text string, wide int) string {
	return text + strings.Repeat(" ", max(wide-utf8.RuneCountInString(text), 0))
}

// JSON writes all lines as one value: {"ok": false, "checks": […]}.
func JSON(w io.Writer, lines []Line) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(struct {
		OK     bool   `json:"ok"`
		Checks []Line `json:"checks"`
	}{Good(lines), lines})
}
