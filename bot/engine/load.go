package engine

import (
	"context"
	"errors"
	"fmt"

	"bedside/bot"
	"bedside/store"
)

const loadPage = 500

// remembered is the conversation as far as this process knows it, read from the
// store only where it knows nothing. Whoever decides on it must find out from
// the commit, or by fresh, whether it was old.
func (e *Engine) remembered(ctx context.Context, id string) (f *folded, old bool, err error) {
	if f, ok := e.cache.get(id); ok {
		return f, true, nil
	}
	f, _, err = e.fresh(ctx, id)
	return f, false, err
}

// fresh is the conversation as the store has it now, with its head, and is
// remembered. Without a journal the state's Seq is 0. The errors are the store's.
func (e *Engine) fresh(ctx context.Context, id string) (*folded, store.Head, error) {
	f, head, err := e.glance(ctx, id)
	if err == nil && f.state.Started() {
		e.cache.put(f)
	}
	return f, head, err
}

// glance is fresh for those who go through many: what they read is not remembered,
// lest ten thousand that nobody asks for drive out those that somebody does.
func (e *Engine) glance(ctx context.Context, id string) (*folded, store.Head, error) {
	head, err := e.store.Head(ctx, id)
	switch {
	case errors.Is(err, store.ErrNotFound), errors.Is(err, store.ErrMalformed): // no id at all names nothing
		return nothing(id), store.Head{ID: id}, nil
	case err != nil:
		e.cache.drop(id)
		return nil, store.Head{}, err
	}
	from, ok := e.cache.get(id)
	if ok && from.state.Seq == head.Seq {
		return from, head, nil
	}
	if !ok || from.state.Seq > head.Seq {
		from = nothing(id)
	}
	f, err := e.readOn(ctx, from)
	if err != nil {
		return nil, store.Head{}, err
	}
	return f, head, nil
}

// readOn folds what the journal has beyond f.
func (e *Engine) readOn(ctx context.Context, f *folded) (*folded, error) {
	for {
		entries, err := e.read(ctx, f.state.ID, f.state.Seq, loadPage)
		if err != nil {
			return nil, err
		}
		if len(entries) > 0 {
			if f, err = f.grow(entries); err != nil {
				return nil, fmt.Errorf("%w: %w", errUnreadable, err)
			}
		}
		if len(entries) < loadPage {
			return f, nil
		}
	}
}

// read decodes up to limit entries above after.
func (e *Engine) read(ctx context.Context, id string, after uint64, limit int) ([]bot.Entry, error) {
	raw, err := e.store.Entries(ctx, id, after, limit)
	if err != nil {
		return nil, err
	}
	return decodeEntries(id, raw)
}

func decodeEntries(id string, raw []store.Entry) ([]bot.Entry, error) {
	out := make([]bot.Entry, 0, len(raw))
	for _, r := range raw {
		entry, err := bot.DecodeEntry(r.Data)
		if err != nil {
			return nil, fmt.Errorf("%w: entry %d of %s: %w", errUnreadable, r.Seq, id, err)
		}
		out = append(out, entry)
	}
	return out, nil
}
