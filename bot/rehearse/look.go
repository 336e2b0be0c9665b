package rehearse

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"bedside/bot"
	"bedside/flows"
	"bedside/flows/cases"
)

// Asking names the open question as a case does: its slot, its consent, choose,
// book, or nothing.
func (g *Stage) Asking() string {
	a := g.State.Asked
	switch {
	case a == nil:
		return "nothing"
	case a.Slot != "":
		return a.Slot
	case a.Consent != nil:
		return a.Consent.ID
	case a.Type == "times":
		return "book"
	}
	return "choose"
}

// Part is the part in which the conversation stands: a fragment counts as the
// part that uses it, a rung as the part of its hand-over.
func (g *Stage) Part() string {
	m := g.State.Memory
	at, returns := m.At, m.Returns
	if strings.HasPrefix(at.Part, "ladder.") || strings.HasPrefix(at.Part, "silence") {
		at, returns = m.Base().At, m.Base().Returns
	}
	for i := len(returns) - 1; i >= 0 && strings.HasPrefix(at.Part, "fragment."); i-- {
		at = returns[i]
	}
	return at.Part
}

// body is what a rehearsal reads of entries, whatever their kind.
type body struct {
	Text    string `json:"text"`
	Who     string `json:"who"`
	Alert   string `json:"alert"`
	Reason  string `json:"reason"`
	Rate    bool   `json:"rate"`
	Name    string `json:"name"`
	Option  string `json:"option"`
	Buttons []struct {
		Call string `json:"call"`
		Text string `json:"text"`
	} `json:"buttons"`
	Options []bot.Option `json:"options"`
}

func read(e bot.Entry) (b body) {
	_ = json.Unmarshal(e.Body, &b) // a body without these fields has none of them
	return b
}

// Said are all texts of the bot so far.
func (g *Stage) Said() (texts []string) {
	for _, e := range g.Journal {
		if text := read(e).Text; text != "" && e.By.Role == bot.Bot {
			texts = append(texts, text)
		}
	}
	return texts
}

// Buttons are all buttons that dial a number so far.
func (g *Stage) Buttons() (dials []string) {
	for _, e := range g.Journal {
		for _, b := range read(e).Buttons {
			dials = append(dials, "tel:"+b.Call)
		}
	}
	return dials
}

// Alerted are those who have been woken, once each.
func (g *Stage) Alerted() (who []string) {
	for _, e := range g.Journal {
		if e.Audience != bot.ForStaff {
			continue
		}
		for _, name := range []string{read(e).Alert, whom(e)} {
			if name != "" && !slices.Contains(who, name) {
				who = append(who, name)
			}
		}
	}
	return who
}

func whom(e bot.Entry) string {
	if e.Kind == bot.LeadAlerted {
		return read(e).Who
	}
	return ""
}

// Rates reports whether the patient has been asked to rate.
func (g *Stage) Rates() bool {
	return slices.ContainsFunc(g.Journal, func(e bot.Entry) bool { return read(e).Rate })
}

// Talk is what has been said and pressed so far.
func (g *Stage) Talk() (lines []Line) {
	for _, e := range g.Journal {
		if e.Audience != bot.ForAll && e.Kind != bot.NoteWritten {
			continue
		}
		if b := read(e); b.Text != "" {
			lines = append(lines, Line{At: e.At.In(g.Zone()), Who: e.By.Role, Name: e.By.Name, Text: b.Text})
		}
	}
	return lines
}

// Stands says in a line where the conversation stands.
func (g *Stage) Stands() string {
	h := bot.SummaryOf(g.State)
	words := []string{g.Now.In(g.Zone()).Format("Mon 2 Jan 15:04:05"), string(h.Phase)}
	if len(h.Offered) > 0 {
		words = append(words, "offered to "+strings.Join(h.Offered, ", "))
	}
	if h.Priority != "" && h.Priority != string(flows.Normal) {
		words = append(words, h.Priority)
	}
	if h.DoctorName != "" {
		words = append(words, "with "+h.DoctorName)
	}
	if p := g.Promised(); p != nil {
		words = append(words, p["what"]+" "+p["by"]+p["at"])
	}
	if who := g.Alerted(); len(who) > 0 {
		words = append(words, "alerted: "+strings.Join(who, ", "))
	}
	return strings.Join(words, "; ")
}

// Promised is the promise that stands, as fields of the file: what, by or at,
// phone, department. nil: none.
func (g *Stage) Promised() map[string]string {
	h := bot.SummaryOf(g.State)
	switch {
	case h.CallBack != nil:
		return map[string]string{
			"what": "callback", "by": cases.InWords(h.CallBack.By, g.Zone()),
			"phone": h.CallBack.Phone, "department": h.CallBack.Department,
		}
	case len(h.Bookings) > 0:
		return map[string]string{"what": "booking", "at": cases.InWords(h.Bookings[0].Start, g.Zone())}
	}
	return nil
}

// InWords writes an answer as a case does.
func InWords(v flows.Value) cases.Value {
	if yes, ok := v.Bool(); ok {
		return cases.Value{Text: strconv.FormatBool(yes)}
	}
	if n, ok := v.Number(); ok {
		return cases.Value{Text: strconv.FormatFloat(n, 'f', -1, 64)}
	}
	if ids, ok := v.List(); ok {
		return cases.Value{Kind: cases.List, List: ids}
	}
	if text, ok := v.Text(); ok {
		return cases.Value{Text: text}
	}
	return cases.Value{Text: "nothing"}
}
