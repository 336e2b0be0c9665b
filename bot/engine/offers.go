package engine

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"bedside/bot"
	"bedside/flows"
)

const (
	offersEvery   = 15 * time.Second // how soon what nobody has said is found
	presenceAfter = 30 * time.Second // after a start nobody is taken for absent so long
	offersDeep    = 500              // so far down a queue somebody is looked for whom one who is free has not passed over
)

// offers gives those who wait to those who are free, one at a time and in the order
// of the queue. It decides nothing: it asks, and what comes of it is a decision like
// any other. Whatever it misses it finds within offersEvery, for it keeps nothing.
type offers struct {
	nudge chan struct{}

	mu      sync.Mutex
	queues  map[string]bool // departments to look at
	doctors map[string]bool // logins of whom there is news
	all     bool
}

func newOffers() *offers {
	return &offers{nudge: make(chan struct{}, 1), queues: map[string]bool{}, doctors: map[string]bool{}}
}

// queue has the queues of departments looked at.
func (o *offers) queue(departments ...string) {
	o.mu.Lock()
	for _, d := range departments {
		o.queues[d] = true
	}
	o.mu.Unlock()
	o.wake()
}

// doctor has it looked at whether a doctor is there to be rung, and for whom.
func (o *offers) doctor(login string) {
	o.mu.Lock()
	o.doctors[login] = true
	o.mu.Unlock()
	o.wake()
}

func (o *offers) everybody() {
	o.mu.Lock()
	o.all = true
	o.mu.Unlock()
	o.wake()
}

func (o *offers) wake() {
	select {
	case o.nudge <- struct{}{}:
	default:
	}
}

func (o *offers) take() (queues, doctors map[string]bool, all bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	queues, doctors, all = o.queues, o.doctors, o.all
	o.queues, o.doctors, o.all = map[string]bool{}, map[string]bool{}, false
	return queues, doctors, all
}

// Presence hears from whoever knows that a doctor's console has come or gone dark.
func (e *Engine) Presence(login string) { e.offers.doctor(login) }

// ringing looks until ctx ends.
func (e *Engine) ringing(ctx context.Context) {
	e.offers.everybody()
	for {
		timer := time.NewTimer(offersEvery)
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-e.offers.nudge:
			timer.Stop()
		case <-timer.C:
			e.offers.everybody()
			continue
		}
		if err := e.lookAtOffers(ctx); err != nil && ctx.Err() == nil {
			e.lost.notice(err)
			e.log.Error("engine: give those who wait to those who are free", "error", err)
		}
	}
}

func (e *Engine) lookAtOffers(ctx context.Context) error {
	queues, news, all := e.offers.take()
	staff := e.o.Staff(ctx)
	if all {
		for login, a := range staff {
			if a.Role == bot.Doctor {
				news[login] = true
			}
		}
	}
	failed := e.withdraw(ctx, news, all)
	for login := range news {
		for _, department := range staff[login].Departments {
			queues[department] = true
		}
	}
	if len(queues) == 0 {
		return failed
	}
	doctors, err := e.doctors(ctx)
	if err != nil {
		return errors.Join(failed, err)
	}
	for _, department := range slices.Sorted(maps.Keys(queues)) {
		failed = errors.Join(failed, e.offerQueue(ctx, department, doctors))
	}
	return failed
}

// withdraw ends the offers to those of the doctors who cannot answer any more.
func (e *Engine) withdraw(ctx context.Context, news map[string]bool, all bool) error {
	if len(news) == 0 && !all {
		return nil
	}
	rung, err := e.claimed(ctx, bot.SpaceOffer, "")
	if err != nil {
		return err
	}
	staff := e.o.Staff(ctx)
	var failed error // one conversation that cannot be read keeps no other waiting
	for login, id := range rung {
		if !all && !news[login] {
			continue
		}
		duty, _, err := e.dutyOf(ctx, login)
		if err != nil {
			return err
		}
		_, there := staff[login]
		dark := !e.o.Present(login) && e.now().Sub(e.began) >= presenceAfter
		if there && !dark && duty.State == bot.DutyOn {
			continue
		}
		failed = errors.Join(failed, e.record(ctx, id, bot.DoOfferGone, bot.Args{Doctor: login}))
	}
	return failed
}

// offerQueue goes down one queue as long as somebody is free. doctors are noted as
// ringing on the way.
func (e *Engine) offerQueue(ctx context.Context, department string, doctors []bot.DoctorNow) error {
	var failed error
	seen := 0
	for cursor := ""; seen < offersDeep; {
		if inNeed, _ := freeFor(doctors, department); !inNeed {
			return failed // most looks end here, and have read nothing of the queue
		}
		heads, next, err := e.store.List(ctx, bot.ListWaiting(department), cursor, listPage)
		if err != nil {
			return err
		}
		for _, h := range heads {
			seen++
			var s bot.Summary
			if json.Unmarshal(h.Body, &s) != nil || s.Offer != nil {
				continue
			}
			inNeed, free := freeFor(doctors, department)
			if !inNeed || !free && s.Priority != string(flows.Emergency) { // emergencies stand first
				return failed
			}
			failed = errors.Join(failed, e.offerOne(ctx, h.ID, doctors))
		}
		if cursor = next; cursor == "" {
			return failed
		}
	}
	return failed
}

// freeFor says whether a doctor of the department could be rung in an emergency,
// and whether one could for anybody.
func freeFor(doctors []bot.DoctorNow, department string) (inNeed, free bool) {
	for _, d := range doctors {
		if !d.Here || d.Duty == bot.DutyAway || d.Ringing != "" || !d.Actor.Serves(department) {
			continue
		}
		inNeed = true
		if d.Duty == bot.DutyOn && !d.InCall && d.Open < d.Actor.Most() {
			return true, true
		}
	}
	return inNeed, false
}

// offerOne asks for one patient, and notes who is rung.
func (e *Engine) offerOne(ctx context.Context, id string, doctors []bot.DoctorNow) error {
	done, err := e.system(ctx, id, bot.DoOffer, bot.Args{})
	if err != nil {
		return err
	}
	for _, entry := range done.Entries {
		var b bot.MadeOffer
		if entry.Kind != bot.OfferMade || json.Unmarshal(entry.Body, &b) != nil {
			continue
		}
		for i := range doctors {
			if doctors[i].Actor.Login == b.Doctor {
				doctors[i].Ringing = id
			}
		}
	}
	return nil
}

// heedOffers hears of a commit: who waits anew, and who is free anew.
func (e *Engine) heedOffers(was, next bot.State) {
	e.works.heed(was, next)
	if was.Doctor != next.Doctor {
		for _, login := range []string{was.Doctor, next.Doctor} {
			if login != "" {
				e.duties.tell(login)
			}
		}
	}
	if !e.rings {
		return
	}
	if waitsForOffer(next) && (!waitsForOffer(was) || was.Rung != next.Rung || len(was.Passed) != len(next.Passed) ||
		(was.Emergency == nil) != (next.Emergency == nil) || !slices.Equal(was.Offered(), next.Offered())) {
		e.offers.queue(next.Offered()...)
	}
	if was.Doctor != "" && was.Doctor != next.Doctor {
		e.offers.doctor(was.Doctor)
	}
	if o := was.Offer; o != nil && (next.Offer == nil || next.Offer.Doctor != o.Doctor) {
		e.offers.doctor(o.Doctor)
	}
	if was.Call.Open() && !next.Call.Open() {
		e.offers.doctor(was.Call.Doctor)
	}
}

func waitsForOffer(s bot.State) bool { return s.Offer == nil && len(s.Offered()) > 0 }
