package bot

import (
	"slices"
	"time"
)

// noticeIs records what became of a message.
func (t *turn) noticeIs(k Kind, to Audience, n OpenNotice, b OfNotice) {
	b.Notice, b.Why, b.Channel, b.Booking, b.To = n.Notice.Notice, n.Why, n.Channel, n.Booking, n.To
	t.system(k, to, b)
}

// noticeTried is the last look before a message is sent. What makes no sense any
// more is dropped. Of those that are sent at most once the attempt is recorded, and
// only who has recorded it may send; mail may come twice, under one Message-ID.
func (t *turn) noticeTried() error {
	n := t.s.notice(t.c.Args.Notice.Notice)
	switch {
	case n == nil || n.Tried:
	case t.moot(*n):
		t.noticeIs(NoticeNotMore, ForSystem, *n, OfNotice{})
	case n.Channel != ByEmail:
		t.noticeIs(NoticeTried, ForSystem, *n, OfNotice{})
	}
	return nil
}

// moot reports whether a message would tell nobody anything.
func (t *turn) moot(n OpenNotice) bool {
	here := t.f.Here != nil && t.f.Here()
	switch n.Why {
	case ForLead:
		if n.Channel == ByPush {
			return !t.wakes(n.To)
		}
		return n.Nth >= t.leads(n.Channel)
	case ForOffer:
		return t.s.Offer == nil || t.s.Offer.Doctor != n.To
	}
	if _, ok := AddressOf(t.s, n.Channel, n.Why, t.f.Limits, t.live().Clinic()); !ok {
		return true
	}
	b := t.s.BookingOf(n.Booking)
	switch n.Why {
	case ForDoctorHere:
		return t.s.Phase != Consulting || here || t.s.SpokeAt.After(n.At)
	case ForAnswer:
		return here || t.s.SpokeAt.After(n.At)
	case ForLate:
		return b == nil || b.Seq > n.Seq || here
	case ForReminder:
		return b == nil || b.Seq > n.Seq || b.State == DueNow && here || !t.f.Now.Before(b.End())
	case ForBooked, ForMoved:
		return b == nil || b.Seq > n.Seq // a later one tells of the time that holds
	}
	return false
}

// leads is how many addresses the lead has on a channel.
func (t *turn) leads(c Channel) (n int) {
	for _, kind := range t.f.Limits.LeadKinds {
		if kind == c {
			n++
		}
	}
	return n
}

func (t *turn) noticeSent() error {
	if n := t.s.notice(t.c.Args.Notice.Notice); n != nil {
		t.noticeIs(NoticeSent, ForStaff, *n, OfNotice{})
	}
	return nil
}

// noticeFailed puts a message off where that is of use, or gives it up.
func (t *turn) noticeFailed() error {
	n := t.s.notice(t.c.Args.Notice.Notice)
	if n == nil {
		return nil
	}
	b := t.c.Args.Notice
	if t.c.Args.Retry {
		b.RetryAt = noticeAgain(*n, t.f.Now)
	}
	t.giveUpNotice(*n, b)
	return nil
}

// noticeAgain is when a message is tried again: after 10 s, 20 s … 10 minutes, for an
// hour. Zero: no more.
func noticeAgain(n OpenNotice, now time.Time) time.Time {
	since := n.At
	if n.NotYet.After(since) {
		since = n.NotYet
	}
	at := now.Add(min(10*time.Second<<min(n.Failed, 8), 10*time.Minute))
	if at.Sub(since) > noticeFor {
		return time.Time{}
	}
	return at.UTC()
}

// giveUpNotice records a failure. What the patient will not hear of is to be told by
// hand; a browser that wants nothing more is forgotten.
func (t *turn) giveUpNotice(n OpenNotice, b OfNotice) {
	t.noticeIs(NoticeFailed, ForStaff, n, b)
	if !b.RetryAt.IsZero() || n.To != "" {
		return
	}
	if b.Kind == NoticeGone && t.s.contact(n.Channel) != nil {
		t.system(ContactDropped, ForAll, OfContact{Channel: n.Channel})
		if len(t.channels(n.Why)) > 0 {
			return // told there
		}
	}
	if t.toBeTold(n) || b.Kind == NoticeWithheld && n.Why == ForBooked { // who has booked has read it on the page
		return
	}
	t.system(TaskRaised, ForStaff, Task{
		Task: t.f.NewID(), Kind: TaskTell, Booking: n.Booking, Notice: n.Notice.Notice, Detail: b.Kind, Why: n.Why, Channel: n.Channel,
	})
}

// toBeTold reports whether somebody is asked already to tell the same: one call is
// enough, however many messages have failed.
func (t *turn) toBeTold(n OpenNotice) bool {
	return slices.ContainsFunc(t.s.Tasks, func(k OpenTask) bool {
		return k.Kind == TaskTell && k.Why == n.Why && k.Channel == n.Channel && k.Booking == n.Booking
	})
}

// Kinds of failures of a message that mean more than that it failed.
const (
	NoticeGone     = "gone"     // nobody is there any more
	NoticeUnknown  = "unknown"  // it may have gone: not sent again
	NoticeWithheld = "withheld" // as many went today as the clinic lets go
)

// noticeDeadlines are those of messages of which nobody has said what became of
// them: the process has ended between the attempt and its answer.
func noticeDeadlines(s State, _ Limits) []deadline {
	var out []deadline
	for _, n := range s.Notices {
		if n.Tried {
			out = append(out, deadline{n.TriedAt.Add(noticeTime), func(t *turn) error {
				t.giveUpNotice(n, OfNotice{Kind: NoticeUnknown})
				return nil
			}})
		}
	}
	return out
}

// noticeWishes are the messages that are still to be sent.
func noticeWishes(s State) []Wish {
	var out []Wish
	for _, n := range s.Notices {
		if n.Tried {
			continue
		}
		w := Wish{Deed: SendNotice, Notice: n, Attempts: n.Failed, NotYet: n.NotYet}
		if n.RetryAt.After(w.NotYet) {
			w.NotYet = n.RetryAt
		}
		out = append(out, w)
	}
	return out
}
