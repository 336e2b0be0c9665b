package bot

import (
	"time"

	"bedside/flows"
)

func foldRaised(s State, e Entry, b Raised) State {
	s.Emergency = &Emergency{By: b.By, Department: b.Department, Phone: b.Phone, At: e.At, Card: b.Card}
	s.SaidParked = false // the words that raised it have been heard
	if b.Step != "" {
		s.Asked = nil
		s.Memory = s.Memory.After(flows.Raised{At: place(b.Step), By: b.By, Slot: b.Slot, From: place(b.From)})
	}
	return s
}

func foldOffered(s State, _ Entry, b Offered) State {
	if s.Emergency != nil {
		em := *s.Emergency
		em.Offered, em.Department = true, b.Department
		s.Emergency = &em
	}
	return s
}

func foldEmergencyOver(s State, _ Entry, b EmergencyOver) State {
	if b.Why == EmergencyTaken && s.Phase == Consulting && !s.OwedSince.IsZero() { // taken, and not a word said yet
		s.Rescued = s.Emergency
	}
	s.Emergency = nil
	if b.Step != "" {
		s.Asked = nil
		s.Memory = s.Memory.After(flows.Resumed{At: place(b.Step)})
	}
	return s
}

func alerted(s State, e Entry, b Alerted) State {
	s.AlertedAt = e.At
	if s.Emergency != nil && b.Why == alertedForEmergency {
		em := *s.Emergency
		if em.Alerts > 0 { // out of a queue there are no rungs that would begin the round anew
			s = passedOver(s)
		}
		em.Alerts, em.AlertedAt = em.Alerts+1, e.At
		s.Emergency = &em
	}
	return s
}

func foldPromised(s State, _ Entry, b Promised) State {
	s.CallBack = &CallBack{Department: b.Department, By: b.By, Phone: b.Phone, PlaceKept: b.PlaceKept}
	s.Asked = nil
	if !b.PlaceKept {
		s.Department = b.Department
	}
	if b.Step != "" {
		s.Memory = s.Memory.After(flows.Promised{
			At: place(b.Step), Department: b.Department, By: b.By, Phone: b.Phone, PlaceKept: b.PlaceKept,
		})
	}
	return s
}

func missed(s State, at time.Time) State {
	if s.CallBack != nil {
		c := *s.CallBack
		c.Missed, c.MissedAt = c.Missed+1, at
		s.CallBack = &c
	}
	return s
}

// foldAside leaves the queue; the first waiting time stays the patient's.
func foldAside(s State, _ Entry, b Aside) State {
	s.Phase, s.LedOn = b.Phase, nil // another promise has taken the place of the visit
	s.Purpose, s.Declinable, s.First, s.Rungs, s.Also = flows.ForChat, false, false, nil, nil
	if b.Step == "" {
		return standDown(s)
	}
	return standDown(ended(s, b.Step, b.Rate))
}
