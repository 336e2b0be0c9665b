package badluck_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/trueconf/standin"
)

var (
	vera = bot.Actor{Role: bot.Doctor, Login: "doctor_1", Name: "Doctor One", Departments: []string{"gp"}, TrueConfID: "doctor1"}
	igor = bot.Actor{Role: bot.Doctor, Login: "doctor_2", Name: "Doctor Two", Departments: []string{"gp"}, TrueConfID: "doctor2"}
)

// person is a patient with a ticket, or a doctor, in one conversation. Like a
// browser, a person repeats a command with its key until it is answered.
type person struct {
	c      *clinic
	actor  bot.Actor
	ticket string // raw; patients
	id     string // of the conversation
	done   []answered
}

// answered is a command and what its sender was told.
type answered struct {
	command bot.Command
	result  engine.Result
}

// patience is how long anybody presses before the test gives up.
const patience = 20 * time.Minute

// again are the refusals after which people press again.
var again = []bot.Code{bot.Unavailable, bot.CallNotReady, bot.Ghost, bot.NoGuestSeat, bot.RoomFull}

// insist repeats until there is an answer, as long as it makes sense.
func (c *clinic) insist(what string, try func(ctx context.Context) error) {
	c.t.Helper()
	for end := time.Now().Add(patience); ; {
		c.revive()
		err := try(c.t.Context())
		if err == nil {
			return
		}
		c.tell(err)
		var r *bot.Refusal
		require.True(c.t, errors.As(err, &r), "%s: %v", what, err)
		require.Contains(c.t, again, r.Code, "%s: %v\n%s", what, err, c.log)
		require.True(c.t, time.Now().Before(end), "%s: still %v\n%s", what, err, c.log)
		time.Sleep(time.Duration(max(r.RetryAfter, 1)) * time.Second)
	}
}

// patient is somebody whose browser has just made a ticket.
func (c *clinic) patient(name string) *person {
	ticket := bot.TicketHash(c.config.Installation + name) // in form as good as any
	c.video.secrets.learn("ticket", ticket)
	id := bot.ConversationID(ticket)
	p := &person{c: c, ticket: ticket, id: id, actor: bot.Actor{Role: bot.Patient, Conversation: id}}
	c.people = append(c.people, p)
	return p
}

// doctor is one of the staff, who looks at the patient's conversation.
func (p *person) doctor(a bot.Actor) *person {
	d := &person{c: p.c, actor: a, id: p.id}
	p.c.people = append(p.c.people, d)
	return d
}

func (p *person) starts() { p.c.t.Helper(); p.startsBy("") }

// startsBy comes through one of the flow's doors; "" is the first.
func (p *person) startsBy(door string) {
	p.c.t.Helper()
	p.c.insist("start", func(ctx context.Context) error {
		_, err := p.c.e.Start(ctx, engine.StartRequest{Key: "start", Ticket: p.ticket, Language: "en", Door: door})
		return err
	})
	p.c.insist("ticket", func(ctx context.Context) error {
		a, err := p.c.e.ByTicket(ctx, p.ticket)
		if err == nil {
			require.Equal(p.c.t, p.actor, a)
		}
		return err
	})
}

// gives is a command, repeated until it is answered.
func (p *person) gives(do bot.Do, args bot.Args) engine.Result {
	p.c.t.Helper()
	var result engine.Result
	c := bot.Command{Conversation: p.id, Key: fmt.Sprintf("k%d", len(p.done)+1), Do: do, Actor: p.actor, Args: args}
	p.c.insist(string(do), func(ctx context.Context) (err error) {
		result, err = p.c.e.Do(ctx, c)
		return err
	})
	p.done = append(p.done, answered{c, result})
	return result
}

func (p *person) sends(text string)      { p.c.t.Helper(); p.gives(bot.DoSend, bot.Args{Text: text}) }
func (p *person) claims()                { p.c.t.Helper(); p.gives(bot.DoClaim, bot.Args{}) }
func (p *person) escalates(how bot.How)  { p.c.t.Helper(); p.gives(bot.DoEscalate, bot.Args{How: how}) }
func (p *person) hangsUp()               { p.c.t.Helper(); p.gives(bot.DoHangUp, bot.Args{}) }
func (p *person) finishes()              { p.c.t.Helper(); p.gives(bot.DoFinish, bot.Args{}) }
func (p *person) asksForAnotherRoom()    { p.c.t.Helper(); p.gives(bot.DoNewRoom, bot.Args{}) }
func (p *person) calling() bool          { return p.state().Call.Open() }
func (p *person) attempt() int           { return p.state().Call.Attempt }
func (p *person) says(text string) error { return p.tries(bot.DoSend, bot.Args{Text: text}) }

// tries is a command that is given once.
func (p *person) tries(do bot.Do, args bot.Args) error {
	_, err := p.c.e.Do(p.c.t.Context(), bot.Command{
		Conversation: p.id, Key: fmt.Sprintf("once-%d", p.c.once.Add(1)), Do: do, Actor: p.actor, Args: args,
	})
	if err != nil {
		p.c.tell(err)
	}
	return err
}

// repeatsEverything gives every command again with its key: each is answered as
// before and nothing is recorded.
func (p *person) repeatsEverything() {
	p.c.t.Helper()
	before := p.state().Seq
	for _, was := range p.done {
		if len(was.result.Entries) == 0 {
			continue
		}
		now, err := p.c.e.Do(p.c.t.Context(), was.command)
		require.NoError(p.c.t, err, "%s again", was.command.Do)
		require.Equal(p.c.t, was.result.Seq, now.Seq, "%s again", was.command.Do)
		require.Len(p.c.t, now.Entries, len(was.result.Entries))
	}
	require.Equal(p.c.t, before, p.state().Seq, "a repeated command is recorded once")
}

// state is the conversation as it stands on the disk.
func (p *person) state() bot.State {
	p.c.t.Helper()
	p.c.disk.mu.Lock()
	defer p.c.disk.mu.Unlock()
	return p.c.disk.states[p.id]
}

// until waits for something that must come by itself.
func (p *person) until(what string, ok func(bot.State) bool) {
	p.c.t.Helper()
	p.c.insist(what, func(context.Context) error {
		if !ok(p.state()) {
			return &bot.Refusal{Code: bot.CallNotReady, Message: "not yet: " + what}
		}
		return nil
	})
}

// presses is one press of Join.
func (p *person) presses(failed bool) (engine.JoinAnswer, error) {
	call := p.state().Call
	if call == nil {
		return engine.JoinAnswer{}, &bot.Refusal{Code: bot.CallNotReady}
	}
	answer, err := p.c.e.Join(p.c.t.Context(), p.actor, engine.JoinRequest{Call: call.ID, Failed: failed})
	if err != nil {
		p.c.tell(err)
		return answer, err
	}
	for _, link := range []string{answer.WebURL, answer.Deeplinks.Default, answer.Deeplinks.Android} {
		p.c.video.secrets.learn("guest link", link)
	}
	return answer, nil
}

// enters presses Join until the call's page lets in; where the app is rung, the
// doctor answers the ring.
func (p *person) enters() *standin.Visitor {
	p.c.t.Helper()
	if p.actor.Role == bot.Doctor && p.state().Call.How == bot.ByApp {
		return p.answers()
	}
	var (
		in     *standin.Visitor
		failed bool
	)
	p.c.insist("enter", func(context.Context) error {
		link, err := p.presses(failed)
		if err != nil {
			return err
		}
		if in, err = p.c.video.Enter(link.WebURL); err != nil {
			failed = true // the frame says loginFail
			return &bot.Refusal{Code: bot.CallNotReady, Message: err.Error()}
		}
		return nil
	})
	return in
}

// answers waits for the ring in the doctor's app, and presses Join where none
// comes within half a minute.
func (p *person) answers() *standin.Visitor {
	p.c.t.Helper()
	var in *standin.Visitor
	begin, rung := time.Now(), len(p.rings())
	p.c.insist("answer the ring", func(context.Context) error {
		if time.Since(begin) > 30*time.Second && len(p.rings()) == rung {
			if _, err := p.presses(false); err != nil {
				return err
			}
		}
		for _, ring := range p.rings() {
			if ring.Answered {
				continue
			}
			var err error
			if in, err = p.c.video.EnterUser(ring.Room, p.actor.TrueConfID); err == nil {
				return nil
			}
		}
		return &bot.Refusal{Code: bot.CallNotReady, Message: "no ring in a room that runs"}
	})
	return in
}

// rings are those of the doctor's app in this clinic's rooms.
func (p *person) rings() []standin.Ring {
	var out []standin.Ring
	for _, ring := range p.c.video.Rings() {
		if _, ours := p.c.book.of(ring.Room); ours && ring.User == p.actor.TrueConfID {
			out = append(out, ring)
		}
	}
	return out
}

// journal is what stands on the disk above an entry.
func (p *person) journal(after uint64) []bot.Entry {
	p.c.t.Helper()
	raw, err := p.c.bolt.Entries(context.Background(), p.id, after, math.MaxInt32)
	require.NoError(p.c.t, err)
	var out []bot.Entry
	for _, r := range raw {
		e, err := bot.DecodeEntry(r.Data)
		require.NoError(p.c.t, err)
		out = append(out, e)
	}
	return out
}

// kinds is the same by kind.
func (p *person) kinds(after uint64) []bot.Kind {
	p.c.t.Helper()
	var out []bot.Kind
	for _, e := range p.journal(after) {
		out = append(out, e.Kind)
	}
	return out
}

func count(kinds []bot.Kind, k bot.Kind) int {
	n := 0
	for _, have := range kinds {
		if have == k {
			n++
		}
	}
	return n
}

// What people wait for.
func ready(s bot.State) bool      { return s.Call.Open() && s.Call.State == bot.CallStands }
func bothInside(s bot.State) bool { return s.Call.Inside[bot.Patient] && s.Call.Inside[bot.Doctor] }
func tidied(s bot.State) bool     { return !s.Call.Open() && len(s.Rooms) == 0 }

// inConsulting is a patient whom the doctor has greeted.
func (c *clinic) inConsulting() (p, d *person) {
	c.t.Helper()
	return c.inConsultingAs("anna")
}

// inConsultingAs is inConsulting for one of several patients.
func (c *clinic) inConsultingAs(name string) (p, d *person) {
	c.t.Helper()
	p = c.patient(name)
	p.starts()
	p.sends("Anna")
	d = p.doctor(vera)
	d.claims()
	d.sends("Good day.")
	return p, d
}

// called is a call that is ready.
func (c *clinic) called(how bot.How) (p, d *person) {
	c.t.Helper()
	p, d = c.inConsulting()
	d.escalates(how)
	p.until("the call is ready", ready)
	return p, d
}

// met is a call in which both have been seen.
func (c *clinic) met(how bot.How) (p, d *person, patientsTab, doctorsTab *standin.Visitor) {
	c.t.Helper()
	p, d = c.called(how)
	patientsTab, doctorsTab = p.enters(), d.enters()
	p.until("both are seen", bothInside)
	return p, d, patientsTab, doctorsTab
}

// ends hangs up and waits until nothing is left at TrueConf.
func (d *person) ends() {
	d.c.t.Helper()
	d.hangsUp()
	d.until("the rooms are gone", tidied)
	require.Empty(d.c.t, d.c.rooms())
	d.finishes()
}
