package bot

import (
	"slices"
	"time"
)

// OpenNotice is a message that is still to be sent, or that may have been.
type OpenNotice struct {
	Notice
	At      time.Time
	Tried   bool // of sms and push: it may have gone, and goes no second time
	TriedAt time.Time
	Failed  int
	RetryAt time.Time
}

// OpenTask is something for somebody of the clinic to do by hand.
type OpenTask struct {
	Task
	At time.Time
}

func foldContact(s State, _ Entry, b Contact) State {
	s.Contacts = slices.DeleteFunc(slices.Clone(s.Contacts), func(c Contact) bool { return c.Channel == b.Channel })
	s.Contacts = append(s.Contacts, b)
	return s
}

func foldContactDropped(s State, _ Entry, b OfContact) State {
	s.Contacts = slices.DeleteFunc(slices.Clone(s.Contacts), func(c Contact) bool { return c.Channel == b.Channel })
	return s
}

func foldNotice(s State, e Entry, b Notice) State {
	s.Notices = append(slices.Clone(s.Notices), OpenNotice{Notice: b, At: e.At})
	switch {
	case b.Why == ForLead:
		s.LeadTold = e.At
	case b.To == "" && (b.Why == ForDoctorHere || b.Why == ForAnswer):
		s.ToldAt = e.At
	}
	return s
}

func (s State) changeNotice(id string, f func(*OpenNotice)) State {
	i := slices.IndexFunc(s.Notices, func(n OpenNotice) bool { return n.Notice.Notice == id })
	if i < 0 {
		return s
	}
	s.Notices = slices.Clone(s.Notices)
	f(&s.Notices[i])
	return s
}

func (s State) dropNotice(id string) State {
	s.Notices = slices.DeleteFunc(slices.Clone(s.Notices), func(n OpenNotice) bool { return n.Notice.Notice == id })
	return s
}

// notice is the open one of an id, or nil. It is not to be written on.
func (s State) notice(id string) *OpenNotice {
	i := slices.IndexFunc(s.Notices, func(n OpenNotice) bool { return n.Notice.Notice == id })
	if i < 0 {
		return nil
	}
	return &s.Notices[i]
}

// contact is where the patient can be reached on a channel, or nil.
func (s State) contact(c Channel) *Contact {
	i := slices.IndexFunc(s.Contacts, func(x Contact) bool { return x.Channel == c })
	if i < 0 {
		return nil
	}
	return &s.Contacts[i]
}

func foldNoticeTried(s State, e Entry, b OfNotice) State {
	return s.changeNotice(b.Notice, func(n *OpenNotice) { n.Tried, n.TriedAt = true, e.At })
}

func foldNoticeOver(s State, _ Entry, b OfNotice) State { return s.dropNotice(b.Notice) }

func foldNoticeFailed(s State, _ Entry, b OfNotice) State {
	if b.RetryAt.IsZero() {
		return s.dropNotice(b.Notice)
	}
	return s.changeNotice(b.Notice, func(n *OpenNotice) { n.Tried, n.RetryAt, n.Failed = false, b.RetryAt, n.Failed+1 })
}

func foldTask(s State, e Entry, b Task) State {
	if b.Kind == TaskBooking {
		s = s.changeBooking(b.Booking, func(x *Booking) { x.Orphan = x.Doctor })
	}
	s.Tasks = append(slices.Clone(s.Tasks), OpenTask{Task: b, At: e.At})
	return s
}

func foldTaskDone(s State, _ Entry, b OfTask) State {
	s.Tasks = slices.DeleteFunc(slices.Clone(s.Tasks), func(t OpenTask) bool { return t.Task.Task == b.Task })
	return s
}
