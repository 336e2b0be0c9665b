package engine

import (
	"context"
	"errors"

	"bedside/bot"
	"bedside/flows"
	"bedside/store"
)

// doTries bounds how often one command is decided anew. Writers of this process
// wait for each other, so every further try means another node or a lost answer.
const doTries = 8

// job is a command on its way, with what its commit carries beside the journal.
type job struct {
	command bot.Command
	records func(next *folded) ([]store.Put, error)
	blobs   []string // the bytes of which its entry speaks; on the disk already
	alone   bool     // nobody else of this process takes anything meanwhile
}

// Do gives a command and answers when it is on the disk. The error is a
// *bot.Refusal; with bot.Unavailable it is not known whether the command was
// recorded, and the same key may be sent again until there is an answer. An
// ended context ends the wait, never a commit that has begun.
func (e *Engine) Do(ctx context.Context, c bot.Command) (Result, error) {
	if c.Do == bot.DoStart {
		return Result{}, &bot.Refusal{Code: bot.Malformed, Message: "a conversation is started by its own call"}
	}
	if err := checkKey(c); err != nil {
		return Result{}, err
	}
	done, err := e.do(ctx, job{command: c, records: e.contactRecords(c)})
	if err == nil && c.Do == bot.DoExtend {
		e.tellDelayed(ctx, c.Conversation, done)
	}
	return done, err
}

// system gives a command of the engine's own.
func (e *Engine) system(ctx context.Context, id string, do bot.Do, a bot.Args) (Result, error) {
	c := bot.Command{Conversation: id, Do: do, Actor: bot.Actor{Role: bot.System}, Args: a}
	return e.do(ctx, job{command: c})
}

func (e *Engine) do(ctx context.Context, j job) (Result, error) {
	release, err := e.locks.acquire(ctx, j.command.Conversation)
	if err != nil {
		return Result{}, e.unavailable("wait for a conversation", err)
	}
	defer release()
	for tries, claims := 0, 0; tries < doTries && claims < claimTries; {
		result, err := e.attempt(ctx, j)
		switch {
		case errors.Is(err, errTaken):
			claims++
			j.alone = true
		case errors.Is(err, errAgain):
			tries++
		case err != nil:
			return Result{}, e.unavailable("record "+string(j.command.Do), err)
		default:
			return result, nil
		}
	}
	return Result{}, e.unavailable("record "+string(j.command.Do), errors.New("the conversation changed again and again"))
}

// errAgain means that the decision was made on an old state, errTaken that it was,
// or that somebody else has just taken what it wanted.
var (
	errAgain = errors.New("engine: decide again")
	errTaken = errors.New("engine: taken, decide again")
)

// attempt decides once and commits what was decided.
func (e *Engine) attempt(ctx context.Context, j job) (Result, error) {
	c := j.command
	if j.alone {
		leave, err := e.crowd.alone(ctx)
		if err != nil {
			return Result{}, err
		}
		defer leave()
	}
	f, old, err := e.remembered(ctx, c.Conversation)
	if err != nil {
		return Result{}, err
	}
	if result, known, err := e.answered(ctx, f, c); known || err != nil {
		return result, err
	}
	decision, err := e.decide(ctx, f, c)
	if err == nil && len(decision.Entries) > 0 {
		return e.commit(ctx, j, f, decision)
	}
	if err != nil && !errors.As(err, new(*bot.Refusal)) {
		return Result{}, err
	}
	if old {
		now, _, err := e.fresh(ctx, c.Conversation)
		if err != nil {
			return Result{}, err
		}
		if now.state.Seq != f.state.Seq {
			return Result{}, errAgain
		}
	}
	return Result{Seq: f.state.Seq}, err
}

// decide hands a state on by where it lies: it is large, and a question that bot may
// ask would copy it for every command.
func (e *Engine) decide(ctx context.Context, f *folded, c bot.Command) (bot.Decision, error) {
	if !f.state.Started() && c.Do != bot.DoStart {
		return bot.Decision{}, noSuchConversation()
	}
	facts, err := e.facts(ctx, f, c)
	if err != nil {
		return bot.Decision{}, err
	}
	var unread error // of a fact that was asked for while deciding: nothing is decided on a guess
	facts.Claimed = e.claimReader(ctx, &unread)
	facts.Consents = func() map[string]flows.Agreed {
		person := f.state.Person
		if b := c.Args.Start; b != nil && !f.state.Started() {
			person = b.Person
		}
		out, err := e.consents(ctx, person)
		unread = errors.Join(unread, err)
		return out
	}
	facts.Queued = func() bool {
		out, err := e.queued(ctx, f.state.ID)
		unread = errors.Join(unread, err)
		return out
	}
	if e.rings {
		facts.Doctors = func() []bot.DoctorNow {
			out, err := e.doctors(ctx)
			unread = errors.Join(unread, err)
			return out
		}
		facts.Knows = func() []string {
			out, err := e.knows(ctx, f.state)
			unread = errors.Join(unread, err)
			return out
		}
	}
	decision, err := e.decider.Decide(f.state, c, facts)
	if unread != nil {
		return bot.Decision{}, unread
	}
	return decision, err
}

// facts are what bot may know beside the state.
func (e *Engine) facts(ctx context.Context, f *folded, c bot.Command) (bot.Facts, error) {
	s := &f.state
	version, site, zone := s.Version, s.Site, s.Zone
	if b := c.Args.Start; b != nil && !s.Started() {
		version, site, zone = b.Version, b.Site, b.Zone
	}
	live := e.live(site)
	program, err := e.program(ctx, live, version)
	if err != nil {
		return bot.Facts{}, err
	}
	return bot.Facts{
		Now: e.now(), NewID: newID, Program: program, Live: live,
		Limits: e.limits(), Staff: e.o.Staff(ctx), OnDuty: e.o.OnDuty,
		VideoUp: e.o.VideoUp,
		Here:    func() bool { return e.o.PatientHere(s.ID) },
		Left:    func() bot.Leave { return e.o.PatientLeft(s.ID) }, Pushes: func(login string) bool { return e.pushes(ctx, login) },
		Queue: func() flows.Queue { return e.queue(ctx, *s) }, Zone: e.zones.of(zone),
	}, nil
}
