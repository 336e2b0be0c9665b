package check

import (
	"context"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Words are one text by language: en, ru.
type Words map[string]string

// Languages are those in which everything is said.
var Languages = []string{"en", "ru"}

// In is the text in a language, or in English.
func (w Words) In(language string) string {
	if text, ok := w[language]; ok {
		return text
	}
	return w["en"]
}

// with puts values in place of {name}.
func (w Words) with(values Values) Words {
	if w == nil {
		return nil
	}
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(values)) {
		pairs = append(pairs, "{"+name+"}", values[name])
	}
	put := strings.NewReplacer(pairs...)
	out := make(Words, len(w))
	for language, text := range w {
		out[language] = put.Replace(text)
	}
	return out
}

// around puts other words in place of {because}, each in its language.
func (w Words) around(because Words) Words {
	out := make(Words, len(w))
	for language, text := range w {
		out[language] = strings.ReplaceAll(text, "{because}", because.In(language))
	}
	return out
}

// placeholder is where a value stands in words.
var placeholder = regexp.MustCompile(`\{([a-z_]+)\}`)

// Values stand in words by name.
type Values map[string]string

// Verdict is how something stands.
type Verdict string

// The verdicts. Only Failed makes a run fail.
const (
	OK      Verdict = "ok"
	Warning Verdict = "warning" // works, and should be seen to
	Failed  Verdict = "failed"
	Skipped Verdict = "skipped" // could not be looked at
)

// Outcome is one thing that a check may find.
type Outcome struct {
	Code    string
	Verdict Verdict
	Says    Words
	Cure    Words // what to do; nil where there is nothing to do
}

// Check is one thing that is looked at.
type Check struct {
	ID    string // "trueconf.certificate"; in metrics and addresses too
	Title Words
	Means string   // for the manual: what it looks at, and what follows where it is not ok
	Needs []string // checks that must have gone well
	After []string // checks that must have ended, whatever came of them
	// Within is how long it may take.
	Within time.Duration
	// Every is how often a running server repeats it by itself.
	Every    time.Duration
	Slow     bool // left out of a quick run
	Room     bool // stands on the room that a run makes
	Outcomes []Outcome

	find func(context.Context, *Run) Found
}

// Found says which outcome it is, and what to put into its words.
type Found struct {
	Code   string
	With   Values
	Detail string // what a program said of it, in its own words; may be many lines

	because Words // the title of what has to be mended first
}

// Line is what came of a check.
type Line struct {
	Check   string    `json:"check"`
	Title   Words     `json:"title"`
	Verdict Verdict   `json:"verdict"`
	Code    string    `json:"code"`
	Says    Words     `json:"says"`
	Cure    Words     `json:"cure,omitempty"`
	Detail  string    `json:"detail,omitempty"`
	At      time.Time `json:"at"`
}

// general are outcomes that every check may have.
var general = []Outcome{
	{Code: "because", Verdict: Skipped, Says: Words{"en": "because “{because}” is not ok", "ru": "сначала нужно исправить «{because}»"}},
	{Code: "quick", Verdict: Skipped, Says: Words{"en": "it takes over a minute, and a quick run leaves it out", "ru": "это дольше минуты, а проверка краткая"}},
	{Code: "stopped", Verdict: Skipped, Says: Words{"en": "the run was broken off", "ru": "проверка прервана"}},
	{
		Code: "late", Verdict: Failed,
		Says: Words{"en": "no result within {within}", "ru": "нет результата за {within}"},
		Cure: Words{"en": "Look whether the machine or the net is overloaded, and check again.", "ru": "Посмотрите, не перегружены ли машина или сеть, и проверьте снова."},
	},
}

// line puts a finding into words.
func (c Check) line(f Found, at time.Time) Line {
	all := slices.Concat(c.Outcomes, general)
	i := slices.IndexFunc(all, func(o Outcome) bool { return o.Code == f.Code })
	if i < 0 {
		panic("check: " + c.ID + " has no outcome " + f.Code)
	}
	o := all[i]
	if f.because != nil {
		o.Says = o.Says.around(f.because)
	}
	return Line{
		Check: c.ID, Title: c.Title, Verdict: o.Verdict, Code: o.Code,
		Says: o.Says.with(f.With), Cure: o.Cure.with(f.With), Detail: strings.TrimSpace(f.Detail), At: at,
	}
}

// Good reports whether no line failed.
func Good(lines []Line) bool {
	return !slices.ContainsFunc(lines, func(l Line) bool { return l.Verdict == Failed })
}
