package engine

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"time"

	"bedside/bot"
	"bedside/store"
)

// commitWait bounds a commit whose caller has no say in it any more.
const commitWait = 30 * time.Second

// commit writes what was decided on f. errAgain means that nothing is written,
// or that it is not known and the next try will find out.
func (e *Engine) commit(ctx context.Context, j job, f *folded, d bot.Decision) (Result, error) {
	next := f.next(d.State, d.Entries)
	batch, err := e.batch(j, next, f.state.Seq, d.Entries)
	if err != nil {
		return Result{}, err
	}
	done := Result{Seq: next.state.Seq, Entries: d.Entries}
	// Others may wait for this conversation: a caller who leaves takes nothing back.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), commitWait)
	defer cancel()
	e.locks.write(next.state.ID, next.state.Seq)
	err = e.store.Commit(ctx, batch)
	if err == nil {
		e.metrics.commits.WithLabelValues("ok").Inc()
		e.committed(f, next, batch.Head.Wake)
		return done, nil
	}
	e.uncertain(next.state.ID)
	switch {
	case errors.Is(err, store.ErrConflict):
		e.metrics.commits.WithLabelValues("conflict").Inc()
		return e.overtaken(ctx, j.command, err)
	case errors.Is(err, store.ErrErased), errors.Is(err, store.ErrMalformed), errors.Is(err, store.ErrClosed):
		e.lost.notice(err)
		e.metrics.commits.WithLabelValues("failed").Inc()
		return Result{}, err
	}
	e.metrics.commits.WithLabelValues("unknown").Inc()
	return e.settle(ctx, f, next, batch, done, err)
}

// uncertain forgets what was believed of a conversation whose commit failed, and
// wakes its followers: while the commit was under way, a hint of somebody else's
// may have been taken for ours.
func (e *Engine) uncertain(id string) {
	e.cache.drop(id)
	e.locks.write(id, 0)
	e.hub.wake(id, 0)
	e.heads.tell(id)
	e.waker.wake()
}

// overtaken looks after a conflict whether an earlier try of the same command
// is what stood in the way.
func (e *Engine) overtaken(ctx context.Context, c bot.Command, conflict error) (Result, error) {
	if result, known, err := e.answered(ctx, c); known || err != nil {
		return result, err
	}
	e.log.Debug("engine: decide again", "conversation", c.Conversation, "do", c.Do, "conflict", conflict)
	return Result{}, errAgain
}

// settle finds out what became of a commit without an answer, by looking for
// the very bytes. Not found means decide again: should they turn up later, the
// conditions of that commit see them.
func (e *Engine) settle(ctx context.Context, f, next *folded, b store.Batch, done Result, unknown error) (Result, error) {
	there, err := e.store.Entries(ctx, next.state.ID, b.After, len(b.Entries))
	if err != nil {
		return Result{}, errors.Join(unknown, err)
	}
	same := slices.EqualFunc(there, b.Entries, func(a, b store.Entry) bool { return bytes.Equal(a.Data, b.Data) })
	if !same {
		return Result{}, errAgain
	}
	e.committed(f, next, b.Head.Wake)
	return done, nil
}

// batch is the decision as the store takes it.
func (e *Engine) batch(j job, next *folded, after uint64, entries []bot.Entry) (store.Batch, error) {
	b := store.Batch{Head: e.head(next), After: after}
	for _, entry := range entries {
		b.Entries = append(b.Entries, store.Entry{Seq: entry.Seq, Data: entry.Encode()})
	}
	if j.command.Key != "" && j.command.Do != bot.DoStart {
		b.Records = append(b.Records, keyRecord(j.command, after+1, next.state.Seq))
	}
	if j.records != nil {
		more, err := j.records(next)
		if err != nil {
			return store.Batch{}, err
		}
		b.Records = append(b.Records, more...)
	}
	return b, nil
}

// head is the conversation's current row.
func (e *Engine) head(f *folded) store.Head {
	h := store.Head{ID: f.state.ID, Seq: f.state.Seq, Wake: e.wakeAt(f.state), Body: f.row.Body}
	for _, l := range f.row.Lists {
		h.Lists = append(h.Lists, store.Term{List: l.List, Rank: l.Rank})
	}
	return h
}

// committed tells everybody of this process what is on the disk now.
func (e *Engine) committed(was, next *folded, wake time.Time) {
	e.cache.put(next)
	e.hub.wake(next.state.ID, next.state.Seq)
	if !bytes.Equal(was.row.Body, next.row.Body) || !slices.Equal(was.row.Lists, next.row.Lists) {
		e.heads.tell(next.state.ID)
	}
	e.watches.follow(next.state)
	e.waker.changed(next.state.ID, wake)
}
