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

// commit writes what was decided on f. errAgain and errTaken mean that nothing is
// written, or that it is not known and the next try will find out.
func (e *Engine) commit(ctx context.Context, j job, f *folded, d bot.Decision) (Result, error) {
	next := f.next(d.State, d.Entries)
	batch, err := e.batch(ctx, j, f.state, next, d.Entries)
	if err != nil {
		return Result{}, err
	}
	again := errAgain
	if takes(batch.Records) {
		again = errTaken
		if !j.alone {
			leave, err := e.crowd.among(ctx)
			if err != nil {
				return Result{}, err
			}
			defer leave()
		}
	}
	done := Result{Seq: next.state.Seq, Entries: d.Entries}
	// Others may wait for this conversation: a caller who leaves takes nothing back.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), commitWait)
	defer cancel()
	e.locks.write(next.state.ID, next.state.Seq)
	err = e.store.Commit(ctx, batch)
	if err == nil {
		e.metrics.commits.WithLabelValues("ok").Inc()
		next.keys.learn(d.Entries)
		e.dutiesChanged(batch.Records)
		e.committed(f, next, batch)
		return done, nil
	}
	e.uncertain(next.state.ID)
	switch {
	case errors.Is(err, store.ErrConflict):
		e.metrics.commits.WithLabelValues("conflict").Inc()
		e.log.Debug("engine: decide again", "conversation", j.command.Conversation, "do", j.command.Do, "conflict", err)
		return Result{}, again
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
	e.works.dropAll()
	e.locks.write(id, 0)
	e.hub.wake(id, 0)
	e.heads.tell(id)
	e.waker.wake()
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
	next.keys.learn(done.Entries)
	e.dutiesChanged(b.Records)
	e.committed(f, next, b)
	return done, nil
}

// batch is the decision as the store takes it.
func (e *Engine) batch(ctx context.Context, j job, was bot.State, next *folded, entries []bot.Entry) (store.Batch, error) {
	b := store.Batch{Head: e.head(next), After: was.Seq, Blobs: j.blobs, Records: claims(was, next.state)}
	for _, entry := range entries {
		b.Entries = append(b.Entries, store.Entry{Seq: entry.Seq, Data: entry.Encode()})
	}
	if j.records != nil {
		more, err := j.records(next)
		if err != nil {
			return store.Batch{}, err
		}
		b.Records = append(b.Records, more...)
	}
	b.Records = append(b.Records, consentsGiven(next.state, entries)...)
	duties, err := e.dutyPuts(ctx, was, next.state, entries)
	b.Records = append(b.Records, duties...)
	return b, err
}

// head is the conversation's current row.
func (e *Engine) head(f *folded) store.Head {
	h := store.Head{
		ID: f.state.ID, Seq: f.state.Seq, Wake: e.wakeAt(f.state), Body: f.row.Body,
		Lists: make([]store.Term, 0, len(f.row.Lists)),
	}
	for _, l := range f.row.Lists {
		h.Lists = append(h.Lists, store.Term{List: l.List, Rank: l.Rank})
	}
	return h
}

// committed tells everybody of this process what is on the disk now.
func (e *Engine) committed(was, next *folded, b store.Batch) {
	e.cache.put(next)
	e.hub.wake(next.state.ID, next.state.Seq)
	if !bytes.Equal(was.row.Body, next.row.Body) || !slices.Equal(was.row.Lists, next.row.Lists) {
		e.heads.tell(next.state.ID)
	}
	e.watches.follow(next.state)
	e.waits.learn(was.state, next.state)
	e.heedOffers(was.state, next.state)
	e.waker.changed(next.state.ID, b.Head.Wake)
	if freed(b.Records) {
		e.seating.look()
	}
}
