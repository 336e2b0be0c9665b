package bolt

import (
	"context"
	"errors"
	"fmt"

	"go.etcd.io/bbolt"

	"bedside/store"
)

// Commit is store.Store's.
func (s *Store) Commit(ctx context.Context, b store.Batch) error {
	if err := b.Check(); err != nil {
		return err
	}
	return s.submit(ctx, &job{batch: prepare(b)})
}

// Erase is store.Store's.
func (s *Store) Erase(ctx context.Context, id string) error {
	if err := store.CheckName("conversation id", id); err != nil {
		return err
	}
	if err := s.submit(ctx, &job{erase: id}); err != nil {
		return err
	}
	return s.eraseBlobs(ctx, id)
}

func (s *Store) submit(ctx context.Context, j *job) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	j.answer = make(chan error, 1)
	if err := s.queue.push(j); err != nil {
		return s.why(err)
	}
	select {
	case err := <-j.answer:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// why prefers the reason for which the store stopped.
func (s *Store) why(err error) error {
	if reason := s.failure.get(); reason != nil {
		return reason
	}
	return err
}

// run is the committer: it ends when the queue is closed and empty. Once the
// store has stopped it only answers.
func (s *Store) run() {
	var group []*job
	for {
		if group = s.queue.take(group); len(group) == 0 {
			return
		}
		if reason := s.failure.get(); reason != nil {
			answerAll(group, reason)
			continue
		}
		s.commitGroup(group)
	}
}

// commitGroup writes what it may of the group in one transaction and answers
// everyone.
func (s *Store) commitGroup(group []*job) {
	tx, err := s.db.Begin(true)
	if err != nil {
		s.stop(group, err)
		return
	}
	w := newWriter(tx, s.now())
	refusals := make([]error, len(group))
	hints := make([]store.Hint, 0, len(group))
	written := false
	for i, j := range group {
		var hint store.Hint
		if hint, refusals[i] = w.do(j); refusals[i] != nil {
			continue
		}
		written = true
		if hint.ID != "" {
			hints = append(hints, hint)
		}
	}
	if err := s.end(tx, w, written); err != nil {
		s.stop(group, err)
		return
	}
	s.watchers.Tell(hints...)
	for i, j := range group {
		j.answer <- refusals[i]
	}
}

// end makes the transaction durable; one in which all were refused is dropped.
func (s *Store) end(tx *bbolt.Tx, w *writer, written bool) error {
	if written {
		w.sweep()
	}
	if !written || w.err != nil {
		return errors.Join(w.err, tx.Rollback())
	}
	id := tx.ID()
	s.synced.begin()
	defer s.synced.end(id)
	err := s.commit(tx)
	if err != nil {
		s.failure.set(diskFailed(s.path, err)) // before a waiting reader goes on
	}
	return err
}

// stop ends all service but run's answers: what the disk holds of the group is
// unknown.
func (s *Store) stop(group []*job, cause error) {
	s.failure.set(diskFailed(s.path, cause))
	answerAll(group, fmt.Errorf("bolt: writing %s failed, whether this was written is unknown: %w", s.path, cause))
}

func answerAll(group []*job, err error) {
	for _, j := range group {
		j.answer <- err
	}
}
