package engine

import (
	"cmp"
	"context"
	"slices"
	"time"

	"bedside/bot"
	"bedside/store"
)

// waits are the queues. Who stands in two of them comes once, at the better place.
func (b *boarding) waits(ctx context.Context) error {
	type place struct {
		rank int64
		wake time.Time
		row  HeadRow
	}
	places := map[string]place{}
	for _, department := range b.q.Departments {
		list := bot.ListWaiting(department)
		n, err := b.e.store.Count(ctx, list)
		if err != nil {
			return err
		}
		d := BoardDepartment{ID: department, Waiting: n, OnDuty: b.onDuty(department), Open: b.open(department)}
		unread, err := b.each(ctx, list, func(h store.Head, row HeadRow) bool {
			i := slices.IndexFunc(h.Lists, func(t store.Term) bool { return t.List == list })
			if old, ok := places[h.ID]; i >= 0 && (!ok || h.Lists[i].Rank < old.rank) {
				places[h.ID] = place{h.Lists[i].Rank, h.Wake, row}
			}
			if d.Oldest.IsZero() || row.Since.Before(d.Oldest) {
				d.Oldest = row.Since
			}
			return true
		})
		if err != nil {
			return err
		}
		b.out.More.Waits += unread
		b.out.More.Promises += unread // each is a wait that ends in something
		b.out.Departments = append(b.out.Departments, d)
	}
	var all []place
	for _, p := range places {
		all = append(all, p)
	}
	slices.SortFunc(all, func(x, y place) int { return cmp.Or(cmp.Compare(x.rank, y.rank), cmp.Compare(x.row.ID, y.row.ID)) })
	for _, p := range all {
		b.waitsUntil(p.row, p.wake)
	}
	for _, p := range firstOfPart(all, &b.out.More.Waits) {
		b.out.Waits = append(b.out.Waits, p.row)
	}
	return nil
}

// waitsUntil is what happens next to one who waits: the end of an offer, or a rung.
func (b *boarding) waitsUntil(row HeadRow, wake time.Time) {
	if o := row.Offer; o != nil {
		b.promise(row, "offer", o.Until, o.Doctor)
		return
	}
	if !wake.IsZero() {
		b.promise(row, "wait", wake, "")
	}
}

func (b *boarding) onDuty(department string) (n int) {
	for _, d := range b.out.Doctors {
		if d.Here && d.Duty != bot.DutyAway && d.Actor.Serves(department) {
			n++
		}
	}
	return n
}

// open reports whether a department is open by the flow of one of the sites.
func (b *boarding) open(department string) bool {
	for _, site := range b.q.Sites {
		live := b.e.live(site)
		if live == nil {
			continue
		}
		if d, ok := live.Department(department); ok {
			return d.OpenAt(b.out.At)
		}
	}
	return false
}

// each visits the rows of a list until one is answered by false. unread are those
// beyond the depth to which a board reads.
func (b *boarding) each(ctx context.Context, list string, visit func(store.Head, HeadRow) bool) (unread int, err error) {
	seen := 0
	for cursor := ""; ; {
		heads, next, err := b.e.store.List(ctx, list, cursor, boardRows)
		if err != nil {
			return 0, err
		}
		for _, h := range heads {
			for _, row := range b.e.appendRows(nil, []store.Head{h}) {
				if !visit(h, row) {
					return 0, nil
				}
			}
		}
		if seen += len(heads); next == "" {
			return 0, nil
		}
		if seen >= boardDeep {
			all, err := b.e.store.Count(ctx, list)
			return max(0, all-seen), err
		}
		cursor = next
	}
}

// owed visits the rows of a list of promises; those that are left unread are owed
// too.
func (b *boarding) owed(ctx context.Context, list string, visit func(HeadRow) bool) error {
	unread, err := b.each(ctx, list, func(_ store.Head, row HeadRow) bool { return visit(row) })
	b.out.More.Promises += unread
	return err
}

func (b *boarding) replies(ctx context.Context) error {
	for _, d := range b.out.Doctors {
		err := b.owed(ctx, bot.ListDoctor(d.Actor.Login), func(row HeadRow) bool {
			if !row.ReplyBy.IsZero() && slices.Contains(b.q.Departments, row.Department) {
				b.promise(row, "reply", row.ReplyBy, row.Doctor)
			}
			return true
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (b *boarding) callbacks(ctx context.Context) error {
	for _, department := range b.q.Departments {
		err := b.owed(ctx, bot.ListCallbacks(department), func(row HeadRow) bool {
			if c := row.CallBack; c != nil {
				row.Department = c.Department
				b.promise(row, "callback", c.By, row.Doctor)
			}
			return true
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// bookings are those that begin soon, of which a list has the earliest first.
func (b *boarding) bookings(ctx context.Context) error {
	for _, department := range b.q.Departments {
		err := b.owed(ctx, bot.ListBookings(department), func(row HeadRow) bool {
			soon := false
			for _, x := range row.Bookings {
				if x.Department != department || x.Start.Sub(b.out.At) > boardAhead {
					continue
				}
				soon = true
				if x.State != bot.Proposed {
					row.Department = department
					b.promise(row, "booking", x.Start, x.Doctor)
				}
			}
			return soon
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (b *boarding) promise(row HeadRow, kind string, by time.Time, doctor string) {
	b.out.Promises = append(b.out.Promises, BoardPromise{
		Conversation: row.ID, Kind: kind, By: by, Department: row.Department, Doctor: doctor, Patient: row.Patient,
		Broken: by.Before(b.out.At),
	})
}

// tasks are what somebody of the departments is to do by hand.
func (b *boarding) tasks(ctx context.Context) error {
	unread, err := b.each(ctx, bot.ListTasks, func(_ store.Head, row HeadRow) bool {
		ours := slices.Contains(b.q.Departments, row.Department) ||
			slices.ContainsFunc(row.Bookings, func(x bot.SummaryBooking) bool { return slices.Contains(b.q.Departments, x.Department) })
		if ours {
			b.out.Tasks = append(b.out.Tasks, row)
		}
		return true
	})
	b.out.More.Tasks += unread
	return err
}
