package rehearse

import (
	"fmt"
	"strings"
	"time"

	"bedside/bot"
	"bedside/flows/cases"
)

// Report is what came of all cases.
type Report struct {
	Results  []Result
	Coverage Coverage
}

// Result is what came of one case. Journal is what the conversation left
// behind, as far as it went.
type Result struct {
	File    string
	Case    string
	At      cases.Spot
	Failure *Failure // nil: it holds
	Journal []bot.Entry
}

// Passed says whether every case holds.
func (r Report) Passed() bool { return len(r.Failed()) == 0 }

// Failed are the cases that do not hold.
func (r Report) Failed() (failed []Result) {
	for _, result := range r.Results {
		if result.Failure != nil {
			failed = append(failed, result)
		}
	}
	return failed
}

// Failure is where a case does not hold.
type Failure struct {
	At   cases.Spot
	Diff []Difference // at least one
	Talk []Line       // the last lines before
}

// Difference is one thing that is not as it should be, both in the words of the
// file. Want is empty where something could not be done at all.
type Difference struct {
	At        cases.Spot
	Want, Got string
}

// Line is one line of a talk.
type Line struct {
	At   time.Time
	Who  bot.Role
	Name string
	Text string
}

// String writes the difference and the talk before it, each line indented.
func (f Failure) String() string {
	var b strings.Builder
	for _, d := range f.Diff {
		if d.Want != "" {
			fmt.Fprintf(&b, "    - %s\n", d.Want)
		}
		fmt.Fprintf(&b, "    + %s\n", d.Got)
	}
	if len(f.Talk) > 0 {
		b.WriteString("    the talk before:\n")
	}
	for _, l := range f.Talk {
		fmt.Fprintf(&b, "      %s\n", l)
	}
	return b.String()
}

// String writes the line as people read it.
func (l Line) String() string {
	who := string(l.Who)
	if l.Name != "" {
		who = l.Name
	}
	return fmt.Sprintf("%s  %-9s %s", l.At.Format("15:04:05"), who, strings.ReplaceAll(l.Text, "\n", " "))
}
