package engine

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"time"

	"bedside/bot"
	"bedside/store"
)

const (
	boardRows  = 200            // of each part of the board
	boardAhead = 12 * time.Hour // so far ahead appointments are promises of today
)

// BoardRequest says whose board it is.
type BoardRequest struct {
	Departments []string
	Sites       []string // whose flows say when the departments are open
}

// Board is what a lead looks at.
type Board struct {
	At          time.Time
	Departments []BoardDepartment
	Waits       []HeadRow // in the order of the queue
	Promises    []BoardPromise
	Doctors     []BoardDoctor
	Seats       Seats
	Tasks       []HeadRow
}

// BoardDepartment is one queue.
type BoardDepartment struct {
	ID      string
	Waiting int
	Oldest  time.Time // since when the longest wait is; zero: nobody waits
	OnDuty  int
	Open    bool // by its hours
}

// BoardPromise is something that the clinic owes by a moment.
type BoardPromise struct {
	Conversation string
	Kind         string // reply, callback, booking, offer, wait
	By           time.Time
	Department   string
	Doctor       string
	Patient      string
	Broken       bool
}

// BoardDoctor is a doctor of one of the departments.
type BoardDoctor struct {
	bot.DoctorNow
	Missed bool      // away, because offers were missed in a row
	Next   time.Time // their next appointment; zero: none
}

// Board reads all of it. It is for somebody who has asked, not for a clock.
func (e *Engine) Board(ctx context.Context, q BoardRequest) (Board, error) {
	b := &boarding{e: e, q: q, out: Board{At: e.now()}}
	for _, part := range []func(context.Context) error{b.doctors, b.waits, b.replies, b.callbacks, b.bookings, b.tasks} {
		if err := part(ctx); err != nil {
			return Board{}, e.unavailable("read the board", err)
		}
	}
	var err error
	if b.out.Seats, err = e.Seats(ctx); err != nil {
		return Board{}, err
	}
	slices.SortStableFunc(b.out.Promises, func(x, y BoardPromise) int { return x.By.Compare(y.By) })
	b.out.Promises = b.out.Promises[:min(len(b.out.Promises), boardRows)]
	return b.out, nil
}

// boarding is a board that is being put together.
type boarding struct {
	e   *Engine
	q   BoardRequest
	out Board
}

func (b *boarding) doctors(ctx context.Context) error {
	all, err := b.e.doctors(ctx)
	if err != nil {
		return err
	}
	duties, err := b.e.dutyRecords(ctx)
	if err != nil {
		return err
	}
	for _, d := range all {
		if !slices.ContainsFunc(b.q.Departments, d.Actor.Serves) {
			continue
		}
		if !d.Here { // what they have is read for those alone who are here
			if d.Open, err = b.e.store.Count(ctx, bot.ListDoctor(d.Actor.Login)); err != nil {
				return err
			}
		}
		next, err := b.next(ctx, d.Actor.Login)
		if err != nil {
			return err
		}
		b.out.Doctors = append(b.out.Doctors, BoardDoctor{DoctorNow: d, Missed: duties[d.Actor.Login].By == byMissed, Next: next})
	}
	return nil
}

// next is when a doctor's next appointment begins.
func (b *boarding) next(ctx context.Context, login string) (time.Time, error) {
	heads, _, err := b.e.store.List(ctx, bot.ListAgenda(login), "", 1)
	if err != nil || len(heads) == 0 {
		return time.Time{}, err
	}
	var s bot.Summary
	if json.Unmarshal(heads[0].Body, &s) != nil {
		return time.Time{}, nil
	}
	for _, x := range s.Bookings {
		if x.Doctor == login && x.State != bot.Proposed {
			return x.Start, nil
		}
	}
	return time.Time{}, nil
}

// waits are the queues. Who stands in two of them comes once, at the better place.
func (b *boarding) waits(ctx context.Context) error {
	type place struct {
		rank int64
		head store.Head
	}
	places := map[string]place{}
	for _, department := range b.q.Departments {
		list := bot.ListWaiting(department)
		n, err := b.e.store.Count(ctx, list)
		if err != nil {
			return err
		}
		heads, _, err := b.e.store.List(ctx, list, "", boardRows)
		if err != nil {
			return err
		}
		d := BoardDepartment{ID: department, Waiting: n, OnDuty: b.onDuty(department), Open: b.open(department)}
		for _, h := range heads {
			i := slices.IndexFunc(h.Lists, func(t store.Term) bool { return t.List == list })
			if old, ok := places[h.ID]; i >= 0 && (!ok || h.Lists[i].Rank < old.rank) {
				places[h.ID] = place{h.Lists[i].Rank, h}
			}
			for _, row := range b.e.appendRows(nil, []store.Head{h}) {
				if d.Oldest.IsZero() || row.Since.Before(d.Oldest) {
					d.Oldest = row.Since
				}
			}
		}
		b.out.Departments = append(b.out.Departments, d)
	}
	var all []place
	for _, p := range places {
		all = append(all, p)
	}
	slices.SortFunc(all, func(x, y place) int { return cmp.Or(cmp.Compare(x.rank, y.rank), cmp.Compare(x.head.ID, y.head.ID)) })
	for _, p := range all[:min(len(all), boardRows)] {
		rows := b.e.appendRows(nil, []store.Head{p.head})
		b.out.Waits = append(b.out.Waits, rows...)
		for _, row := range rows {
			b.waitsUntil(row, p.head.Wake)
		}
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

// rows are those of a list, as far as a board goes.
func (b *boarding) rows(ctx context.Context, list string) ([]HeadRow, error) {
	heads, _, err := b.e.store.List(ctx, list, "", boardRows)
	return b.e.appendRows(nil, heads), err
}

func (b *boarding) replies(ctx context.Context) error {
	for _, d := range b.out.Doctors {
		rows, err := b.rows(ctx, bot.ListDoctor(d.Actor.Login))
		if err != nil {
			return err
		}
		for _, row := range rows {
			if !row.ReplyBy.IsZero() && slices.Contains(b.q.Departments, row.Department) {
				b.promise(row, "reply", row.ReplyBy, row.Doctor)
			}
		}
	}
	return nil
}

func (b *boarding) callbacks(ctx context.Context) error {
	for _, department := range b.q.Departments {
		rows, err := b.rows(ctx, bot.ListCallbacks(department))
		if err != nil {
			return err
		}
		for _, row := range rows {
			if c := row.CallBack; c != nil {
				row.Department = c.Department
				b.promise(row, "callback", c.By, row.Doctor)
			}
		}
	}
	return nil
}

func (b *boarding) bookings(ctx context.Context) error {
	for _, department := range b.q.Departments {
		rows, err := b.rows(ctx, bot.ListBookings(department))
		if err != nil {
			return err
		}
		for _, row := range rows {
			for _, x := range row.Bookings {
				if x.State == bot.Proposed || x.Department != department || x.Start.Sub(b.out.At) > boardAhead {
					continue
				}
				row.Department = department
				b.promise(row, "booking", x.Start, x.Doctor)
			}
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
	rows, err := b.rows(ctx, bot.ListTasks)
	for _, row := range rows {
		ours := slices.Contains(b.q.Departments, row.Department) ||
			slices.ContainsFunc(row.Bookings, func(x bot.SummaryBooking) bool { return slices.Contains(b.q.Departments, x.Department) })
		if ours {
			b.out.Tasks = append(b.out.Tasks, row)
		}
	}
	return err
}
