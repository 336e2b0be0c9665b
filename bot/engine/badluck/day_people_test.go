package badluck_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/trueconf/standin"
)

// dayPatient is somebody who comes once in a random day.
type dayPatient struct {
	*person
	d       *day
	n       int
	door    string
	comes   time.Time
	started bool
	here    bool // the page is open
	tabs    tabs
	before  bot.State // as another tab of the patient's still has it
}

// dayDoctor is one of the staff, or the lead, with a view of every conversation.
type dayDoctor struct {
	actor bot.Actor
	d     *day
	here  bool
	files map[string]*person // by conversation
	tabs  tabs
	holds time.Time // answers nobody until then
}

// tabs are somebody's places in rooms.
type tabs []*standin.Visitor

// inside forgets the places that are lost and counts the rest.
func (t *tabs) inside() int {
	*t = slices.DeleteFunc(*t, func(v *standin.Visitor) bool { return !v.Inside() })
	return len(*t)
}

func (t *tabs) all(f func(*standin.Visitor)) {
	for _, v := range *t {
		f(v)
	}
	*t = nil
}

func dayStaffOf(context.Context) map[string]bot.Actor {
	out := map[string]bot.Actor{}
	for _, a := range dayStaff {
		out[a.Login] = a
	}
	return out
}

func asRefusal(err error) *bot.Refusal {
	var r *bot.Refusal
	if errors.As(err, &r) {
		return r
	}
	return nil
}

// called_ is who it is in a trace.
func (p *person) label() string {
	if p.actor.Role == bot.Patient {
		return "patient " + p.id[:6]
	}
	return p.actor.Login + " with " + p.id[:6]
}

// spoken is what of a command is worth a line.
func spoken(a bot.Args) string {
	out := a.Text + a.Option + string(a.How) + a.To + a.Booking
	if !a.Time.IsZero() {
		out += " " + a.Time.Format("02T15:04")
	}
	return out
}

func (d *day) one(of int) bool { return d.chance.IntN(of) == 0 }

// steps lets somebody do something, or several at once.
func (d *day) steps() {
	var all []*deed
	for n := d.crowd(); n > 0; n-- {
		switch roll := d.chance.IntN(100); {
		case roll < 48:
			all = append(all, d.patients[d.chance.IntN(len(d.patients))].acts()...)
		case roll < 92:
			all = append(all, d.doctors[d.chance.IntN(len(d.doctors))].acts()...)
		case roll < 94:
			all = append(all, d.lead.presses(d.lead.anything())...)
		default:
			d.strikes()
		}
	}
	d.does(all...)
}

// crowd is how many act in the same moment.
func (d *day) crowd() int {
	if d.luck["all_at_once"] && d.one(5) {
		return 2 + d.chance.IntN(3)
	}
	return 1
}

func (p *dayPatient) acts() []*deed {
	switch {
	case !p.started:
		if !time.Now().Before(p.comes) {
			p.begins()
		}
		return nil
	case !p.here:
		if p.d.one(3) {
			p.opens(true)
		}
		return nil
	case p.d.one(25):
		p.tabs.all((*standin.Visitor).Leave)
		p.opens(false)
		return nil
	}
	s := p.state()
	if s.Phase == bot.ClosedDown && !p.d.one(12) {
		return nil
	}
	if p.tabs.inside() > 0 {
		switch {
		case p.d.luck["killed"] && p.d.one(6):
			p.d.note("%s: the tab is killed", p.label())
			p.tabs.all((*standin.Visitor).Vanish)
			return nil
		case p.d.one(8):
			p.tabs.all((*standin.Visitor).Leave)
			return nil
		}
	}
	if s.Call.Stands() && (p.tabs.inside() == 0 || p.d.luck["two"] && p.d.one(4)) && !p.d.one(4) {
		p.d.joins(p.person, &p.tabs, fmt.Sprintf("device %d", 1+p.d.chance.IntN(2)))
		return nil
	}
	seen := s
	if p.d.luck["other_tab"] && p.before.Started() && p.d.one(3) {
		seen = p.before
	}
	p.before = s
	do := p.d.picks(bot.MayDo(p.actor, seen), patientWants)
	if do == "" {
		return nil
	}
	return []*deed{p.d.deed(p.person, do, p.d.args(do, seen))}
}

// begins is the patient's first press.
func (p *dayPatient) begins() {
	p.d.note("%s comes by %s", p.label(), p.door)
	p.d.insist("start", func(ctx context.Context) error {
		_, err := p.c.e.Start(ctx, engine.StartRequest{Key: "start", Ticket: p.ticket, Language: "en", Door: p.door})
		return err
	})
	p.started = true
	p.opens(true)
}

// opens opens or closes the patient's page.
func (p *dayPatient) opens(open bool) {
	p.here = open
	p.d.mu.Lock()
	defer p.d.mu.Unlock()
	p.d.pages[p.id] = open
}

// comes opens or closes the doctor's console.
func (x *dayDoctor) comes(here bool) {
	x.here = here
	x.d.note("%s here: %t", x.actor.Login, here)
	x.d.mu.Lock()
	x.d.present[x.actor.Login] = here
	x.d.mu.Unlock()
	x.d.e.Presence(x.actor.Login)
	if here {
		x.stands(bot.DutyOn)
	}
}

// stands is the doctor's own word whether they take patients.
func (x *dayDoctor) stands(state bot.DutyState) {
	x.d.note("%s is %s", x.actor.Login, state)
	x.d.insist("duty", func(ctx context.Context) error {
		_, err := x.d.e.SetDuty(ctx, x.actor, state)
		return err
	})
}

func (x *dayDoctor) acts() []*deed {
	switch {
	case !x.here:
		if x.d.one(3) {
			x.comes(true)
		}
		return nil
	case x.d.one(60), x.d.luck["dark"] && x.d.one(15):
		x.tabs.all((*standin.Visitor).Vanish)
		x.comes(false)
		return nil
	case time.Now().Before(x.holds):
		return nil
	case x.d.one(40):
		x.stands([]bot.DutyState{bot.DutyOn, bot.DutyOn, bot.DutyBusy, bot.DutyAway}[x.d.chance.IntN(4)])
		return nil
	case x.d.one(40):
		x.holds = time.Now().Add(time.Duration(x.d.chance.IntN(8)) * time.Minute)
		return nil
	}
	if p := x.rung(); p != nil && !x.d.one(5) {
		do := bot.DoClaim
		if x.d.one(5) {
			do = bot.DoDecline
		}
		return []*deed{x.d.deed(x.file(p), do, bot.Args{Reason: "not mine"})}
	}
	return x.presses(x.likely())
}

// rung is the patient for whom the doctor is rung.
func (x *dayDoctor) rung() *dayPatient {
	return x.find(func(s bot.State) bool { return s.Offer != nil && s.Offer.Doctor == x.actor.Login })
}

// find is one of the started patients of whom something is true, by chance.
func (x *dayDoctor) find(ok func(bot.State) bool) *dayPatient {
	var all []*dayPatient
	for _, p := range x.d.patients {
		if p.started && ok(p.state()) {
			all = append(all, p)
		}
	}
	if len(all) == 0 {
		return nil
	}
	return all[x.d.chance.IntN(len(all))]
}

// likely is somebody with whom the doctor is likely to do something: their own,
// or, while they have few, somebody who waits.
func (x *dayDoctor) likely() *dayPatient {
	own := func(s bot.State) bool { return s.Phase == bot.Consulting && s.Doctor == x.actor.Login }
	if p := x.find(own); p != nil && !x.d.one(4) {
		return p
	}
	return x.anything()
}

func (x *dayDoctor) anything() *dayPatient {
	return x.find(func(s bot.State) bool { return len(bot.MayDo(x.actor, s)) > 0 })
}

// file is the doctor in a conversation.
func (x *dayDoctor) file(p *dayPatient) *person {
	f := x.files[p.id]
	if f == nil {
		f = p.doctor(x.actor)
		x.files[p.id] = f
	}
	return f
}

// presses does something with a patient.
func (x *dayDoctor) presses(p *dayPatient) []*deed {
	if p == nil {
		return nil
	}
	s := p.state()
	if s.Call.Stands() && s.Doctor == x.actor.Login && !x.d.one(3) {
		switch in := x.tabs.inside(); {
		case in == 0, x.d.luck["both_ways"] && in == 1 && x.d.one(4):
			x.d.joins(x.file(p), &x.tabs, "console")
			return nil
		case x.d.luck["killed"] && x.d.one(10):
			x.tabs.all((*standin.Visitor).Vanish)
			return nil
		}
	}
	do := x.d.picks(bot.MayDo(x.actor, s), doctorWants)
	switch {
	case x.d.luck["handed_on"] && s.Phase == bot.Consulting && s.Doctor == x.actor.Login && x.d.one(6):
		do = []bot.Do{bot.DoTransfer, bot.DoRelease}[x.d.chance.IntN(2)]
	case x.d.luck["overrun"] && (do == bot.DoHangUp || do == bot.DoFinish || do == bot.DoClose) && !x.d.one(8):
		do = ""
	}
	if do == "" {
		return nil
	}
	return []*deed{x.d.deed(x.file(p), do, x.d.args(do, s))}
}
