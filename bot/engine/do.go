package engine

import (
	"context"
	"errors"

	"bedside/bot"
	"bedside/store"
)

// doTries bounds how often one command is decided anew. Writers of this process
// wait for each other, so every further try means another node or a lost answer.
const doTries = 8

// job is a command on its way, with the records that its commit carries beside
// the journal.
type job struct {
	command bot.Command
	records func(next *folded) ([]store.Put, error)
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
	return e.do(ctx, job{command: c})
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
	for range doTries {
		result, err := e.attempt(ctx, j)
		if errors.Is(err, errAgain) {
			continue
		}
		if err != nil {
			return Result{}, e.unavailable("record "+string(j.command.Do), err)
		}
		return result, nil
	}
	return Result{}, e.unavailable("record "+string(j.command.Do), errors.New("the conversation changed again and again"))
}

// errAgain means that the decision was made on an old state.
var errAgain = errors.New("engine: decide again")

// attempt decides once and commits what was decided.
func (e *Engine) attempt(ctx context.Context, j job) (Result, error) {
	c := j.command
	f, old, err := e.remembered(ctx, c.Conversation)
	if err != nil {
		return Result{}, err
	}
	decision, err := e.decide(ctx, f.state, c)
	if err == nil && len(decision.Entries) > 0 {
		return e.commit(ctx, j, f, decision)
	}
	if err != nil && !errors.As(err, new(*bot.Refusal)) {
		return Result{}, err
	}
	if result, known, lookup := e.answered(ctx, c); known || lookup != nil {
		return result, lookup
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

func (e *Engine) decide(ctx context.Context, s bot.State, c bot.Command) (bot.Decision, error) {
	if !s.Started() && c.Do != bot.DoStart {
		return bot.Decision{}, noSuchConversation()
	}
	facts, err := e.facts(ctx, s, c)
	if err != nil {
		return bot.Decision{}, err
	}
	return e.decider.Decide(s, c, facts)
}

// facts are what bot may know beside the state.
func (e *Engine) facts(ctx context.Context, s bot.State, c bot.Command) (bot.Facts, error) {
	version, site := s.Version, s.Site
	if c.Args.Start != nil && !s.Started() {
		version, site = c.Args.Start.Version, c.Args.Start.Site
	}
	live := e.live(site)
	program, err := e.program(ctx, live, version)
	if err != nil {
		return bot.Facts{}, err
	}
	return bot.Facts{
		Now: e.now(), NewID: newID, Program: program, Live: live,
		Limits: e.o.Limits(), Staff: e.o.Staff(ctx), OnDuty: e.o.OnDuty,
	}, nil
}
