package bot

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"bedside/flows"
)

// ended notes the flow's own end, where a step names it.
func ended(s State, step string, rate bool) State {
	if step != "" {
		s.Memory = s.Memory.After(flows.Ended{At: place(step)})
		s.EndedFlow = true
	}
	s.Asked, s.RateAsked = nil, s.RateAsked || rate
	return s
}

func foldConsented(s State, _ Entry, b Consented) State {
	s.Asked = nil
	s.Memory = s.Memory.After(flows.Consented{
		At: place(b.Step), Consent: b.Consent, Version: b.Version, Hash: b.Hash, Agreed: b.Agreed, Known: b.Known,
	})
	return s
}

func foldTakenBack(s State, _ Entry, b TakenBack) State {
	s.Asked = nil
	s.Memory = s.Memory.After(flows.WentBack{At: place(b.Step), Slot: b.Slot})
	name, ok := strings.CutPrefix(b.Fills, "patient.")
	if _, vouched := s.Vouched[name]; ok && !vouched {
		s.Patient = own(s.Patient)
		delete(s.Patient, name)
	}
	return s
}

// foldMoved follows the flow where nobody has anything to read of it.
func foldMoved(s State, e Entry) (State, error) {
	var b Moved
	if err := json.Unmarshal(e.Body, &b); err != nil {
		return s, err
	}
	event, err := flows.DecodeEvent(b.Event, b.Body)
	if err != nil {
		return s, err
	}
	if _, dropped := event.(flows.Dropped); dropped {
		s.Asked = nil
	}
	s.Memory = s.Memory.After(event)
	return s, nil
}

func foldDeclined(s State, _ Entry, b Declined) State {
	s.Purpose, s.Declinable, s.Asked = flows.ForChat, false, nil
	s.Memory = s.Memory.After(flows.Declined{At: place(b.Step), Text: b.Text})
	return s
}

func foldReached(s State, _ Entry, b Reached) State {
	s.Rung = b.Rung
	for _, department := range b.Also {
		if !slices.Contains(s.Also, department) {
			s.Also = append(slices.Clone(s.Also), department)
		}
	}
	if b.Leads {
		s.Asked = nil // what the rung before it asked is overtaken
	}
	s.Memory = s.Memory.After(flows.Reached{At: place(b.Step), Rung: b.Rung, Also: b.Also, Alert: b.Alert, Leads: b.Leads, Quiet: b.Quiet})
	return passedOver(s)
}

// seconds is how spans of time stand in the journal.
func seconds(all []time.Duration) []int {
	var out []int
	for _, d := range all {
		out = append(out, int(d/time.Second))
	}
	return out
}

func spans(all []int) []time.Duration {
	var out []time.Duration
	for _, n := range all {
		out = append(out, time.Duration(n)*time.Second)
	}
	return out
}
