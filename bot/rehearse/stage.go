package rehearse

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"bedside/bot"
	"bedside/flows"
)

// conversation is the id of the one that is rehearsed.
const conversation = "rehearsal"

// Setting is what surrounds a conversation.
type Setting struct {
	Now      time.Time
	Door     string
	Language string
	Patient  map[string]string // what a signed identity vouches for: name, born, phone, email
	Staff    []bot.Actor       // the doctors who are on duty, in their order
	Free     []time.Time       // what can be booked; nil: what the departments' hours leave
	Trace    func(at flows.Place, way string)
	Limits   bot.Limits
}

// Stage is one conversation under way. It is not safe for concurrent use.
type Stage struct {
	Program *flows.Program
	Now     time.Time
	State   bot.State
	Journal []bot.Entry

	setting Setting
	decider *bot.Decider
	rooms   int
	away    []bot.Actor // of the staff, and not on duty
}

// Start begins a conversation.
func Start(p *flows.Program, s Setting) (*Stage, error) {
	door, ok := p.Door(s.Door)
	if !ok {
		return nil, fmt.Errorf("the flow has no door %q", s.Door)
	}
	g := &Stage{Program: p, Now: s.Now, State: bot.State{ID: conversation}, setting: s, decider: bot.NewDecider()}
	begin := &bot.Started{
		Door: door.Name, Version: p.Hash(), Language: p.Language(s.Language), Patient: s.Patient,
	}
	if len(s.Patient) > 0 {
		begin.Person = "person"
	}
	return g, g.do(Patient(), bot.DoStart, bot.Args{Start: begin})
}

// Patient is who holds the conversation's ticket.
func Patient() bot.Actor { return bot.Actor{Role: bot.Patient, Conversation: conversation} }

// Doctor finds a doctor who is on duty, or has been.
func (g *Stage) Doctor(login string) (bot.Actor, bool) {
	all := slices.Concat(g.setting.Staff, g.away)
	i := slices.IndexFunc(all, func(a bot.Actor) bool { return a.Login == login })
	if i < 0 {
		return bot.Actor{}, false
	}
	return all[i], true
}

// Doctors are the logins of those on duty.
func (g *Stage) Doctors() (logins []string) {
	for _, a := range g.setting.Staff {
		logins = append(logins, a.Login)
	}
	return logins
}

// SignIn puts a doctor on duty.
func (g *Stage) SignIn(a bot.Actor) { g.setting.Staff = append(slices.Clone(g.setting.Staff), a) }

// SignOut takes a doctor off duty, who stays among the staff; false for one who
// is not on it.
func (g *Stage) SignOut(login string) bool {
	a, _ := g.Doctor(login)
	before := len(g.setting.Staff)
	g.setting.Staff = slices.DeleteFunc(slices.Clone(g.setting.Staff), func(a bot.Actor) bool { return a.Login == login })
	if len(g.setting.Staff) == before {
		return false
	}
	g.away = append(g.away, a)
	return true
}

// Zone is the clinic's own time.
func (g *Stage) Zone() *time.Location { return g.Program.Clinic().Zone }

// Do gives a command, and does at once whatever TrueConf is asked because of
// it. The error is a *bot.Refusal, or a fault of the program.
func (g *Stage) Do(a bot.Actor, do bot.Do, args bot.Args) error {
	if err := g.do(a, do, args); err != nil {
		return err
	}
	return g.tidy()
}

func (g *Stage) do(a bot.Actor, do bot.Do, args bot.Args) error {
	c := bot.Command{Conversation: conversation, Key: "k" + strconv.Itoa(len(g.Journal)), Do: do, Actor: a, Args: args}
	decision, err := g.decider.Decide(g.State, c, g.facts())
	if err != nil {
		return err
	}
	for _, e := range decision.Entries {
		if g.State, err = bot.Apply(g.State, e); err != nil {
			return err
		}
		g.Journal = append(g.Journal, e)
	}
	return nil
}

func (g *Stage) facts() bot.Facts {
	staff := map[string]bot.Actor{}
	for _, a := range slices.Concat(g.away, g.setting.Staff) {
		staff[a.Login] = a
	}
	return bot.Facts{
		Now: g.Now, Program: g.Program, Live: g.Program, Limits: g.setting.Limits, Staff: staff,
		NewID: func() string { g.rooms++; return "call_" + strconv.Itoa(g.rooms) },
		OnDuty: func(department string) bool {
			return slices.ContainsFunc(g.setting.Staff, func(a bot.Actor) bool { return a.Serves(department) })
		},
		Free: g.free, Queue: g.queue, Trace: g.setting.Trace,
	}
}

// free are the times of a department that can be booked now.
func (g *Stage) free(department string) []time.Time {
	if g.setting.Free != nil {
		return slices.DeleteFunc(slices.Clone(g.setting.Free), func(t time.Time) bool { return t.Before(g.Now) })
	}
	d, ok := g.Program.Department(department)
	if !ok {
		return nil
	}
	return FreeTimes(d, g.Now.In(g.Zone()))
}

// queue is the place of a patient who is the only one. How long a wait takes
// nobody can say who has seen no other.
func (g *Stage) queue() flows.Queue { return flows.Queue{Position: 1} }

// mostWakes is more than any wait of a year has; a conversation that is woken
// again and again without an end is a fault.
const mostWakes = 20000

// Pass lets time go by: the conversation is woken at each of its deadlines on
// the way, that of the last moment included.
func (g *Stage) Pass(d time.Duration) error {
	end := g.Now.Add(d)
	for range mostWakes {
		at := bot.Wake(g.State, g.setting.Limits, g.Program)
		if at.IsZero() || at.After(end) {
			g.Now = end
			return nil
		}
		if at.After(g.Now) {
			g.Now = at
		}
		before := g.State.Seq
		if err := g.Do(bot.Actor{Role: bot.System}, bot.DoWake, bot.Args{}); err != nil {
			return err
		}
		if g.State.Seq == before && !bot.Wake(g.State, g.setting.Limits, g.Program).After(g.Now) {
			return fmt.Errorf("at %s the conversation was woken for nothing", g.Now.In(g.Zone()).Format(time.DateTime))
		}
	}
	return fmt.Errorf("the conversation was woken %d times", mostWakes)
}

// mostDeeds bounds what one command can ask of TrueConf.
const mostDeeds = 20

// tidy does what TrueConf is asked: a room is made, and removed, at once.
func (g *Stage) tidy() error {
	for range mostDeeds {
		wishes := slices.DeleteFunc(bot.Wishes(g.State), func(w bot.Wish) bool { return w.From.After(g.Now) })
		if len(wishes) == 0 {
			return nil
		}
		w := wishes[0]
		args := bot.Args{Call: w.Room.Call, Booking: w.Room.Call, Attempt: w.Room.Attempt}
		do := bot.DoMade
		switch w.Deed {
		case bot.RemoveRoom:
			do = bot.DoRemoved
		case bot.RingDoctor:
			do, args.Who = bot.DoRing, bot.Doctor
		case bot.ScheduleRoom:
			do = bot.DoRoomBooked
		}
		if err := g.do(bot.Actor{Role: bot.System}, do, args); err != nil {
			return err
		}
	}
	return nil
}
