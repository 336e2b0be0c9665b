package engine

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"bedside/bot"
)

const (
	boardRows  = 200            // of each part of the board; of the others the number is told
	boardDeep  = 2000           // so far down a list is read for that
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
	More        BoardMore
}

// BoardMore is how many there are beyond those that a part of the board shows.
type BoardMore struct{ Waits, Promises, Tasks int }

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
	b.out.Promises = firstOfPart(b.out.Promises, &b.out.More.Promises)
	b.out.Tasks = firstOfPart(b.out.Tasks, &b.out.More.Tasks)
	return b.out, nil
}

// firstOfPart are the rows that a part shows; the others count as more.
func firstOfPart[T any](all []T, more *int) []T {
	shown := min(len(all), boardRows)
	*more += len(all) - shown
	return all[:shown]
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
