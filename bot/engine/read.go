package engine

import (
	"context"
	"math"

	"bedside/bot"
)

const (
	pageUsual = 100
	pageMost  = 500
)

// State is the conversation as it stands. Strangers are told that there is none.
func (e *Engine) State(ctx context.Context, a bot.Actor, id string) (bot.State, error) {
	f, err := e.readable(ctx, a, id)
	if err != nil {
		return bot.State{}, err
	}
	return f.state, nil
}

// Entries is a page of what the reader may see. Give each entry to bot.View
// before it leaves the house.
func (e *Engine) Entries(ctx context.Context, a bot.Actor, id string, p PageRequest) (Page, error) {
	f, err := e.readable(ctx, a, id)
	if err != nil {
		return Page{}, err
	}
	return e.page(ctx, a, f, p)
}

// page is a page of f, no further than f knows.
func (e *Engine) page(ctx context.Context, a bot.Actor, f *folded, p PageRequest) (Page, error) {
	var err error
	if p.Limit < 1 {
		p.Limit = pageUsual
	}
	p.Limit = min(p.Limit, pageMost)
	page := Page{Last: lastFor(f.state, a.Role)}
	if p.Before > 0 {
		page.Entries, err = e.backward(ctx, a.Role, f, p)
	} else {
		page.Entries, err = e.forward(ctx, a.Role, f, p)
	}
	if err != nil {
		return Page{}, e.unavailable("read a conversation", err)
	}
	return page, nil
}

func lastFor(s bot.State, r bot.Role) uint64 {
	if r.Staff() {
		return s.LastStaff
	}
	return s.LastAll
}

// readable is the conversation as the store has it now, if the actor may read
// it. A read by somebody who is no party is recorded before it happens.
func (e *Engine) readable(ctx context.Context, a bot.Actor, id string) (*folded, error) {
	f, _, err := e.fresh(ctx, id)
	if err != nil {
		return nil, e.unavailable("read a conversation", err)
	}
	return f, e.mayRead(ctx, a, f)
}

// mayRead asks whether the actor may read the conversation as f has it.
func (e *Engine) mayRead(ctx context.Context, a bot.Actor, f *folded) error {
	if !f.state.Started() || !bot.May(a, bot.DoRead, f.state) {
		return noSuchConversation()
	}
	if !bot.Party(a, f.state) {
		if err := e.audit(ctx, a, f.state.ID); err != nil {
			return e.unavailable("record a read", err)
		}
	}
	return nil
}

// forward collects up to p.Limit visible entries above p.After, no further than
// f knows, so that a page and its Last agree.
func (e *Engine) forward(ctx context.Context, r bot.Role, f *folded, p PageRequest) ([]bot.Entry, error) {
	var out []bot.Entry
	for after := p.After; after < f.state.Seq && len(out) < p.Limit; {
		entries, ok := f.after(after)
		if !ok {
			read, err := e.read(ctx, f.state.ID, after, p.Limit)
			if err != nil {
				return nil, err
			}
			entries = pointers(read)
		}
		if len(entries) == 0 {
			break
		}
		for _, entry := range entries {
			if after = entry.Seq; entry.Visible(r) && len(out) < p.Limit && after <= f.state.Seq {
				out = append(out, *entry)
			}
		}
	}
	return out, nil
}

// pointers are where the entries lie.
func pointers(entries []bot.Entry) []*bot.Entry {
	out := make([]*bot.Entry, len(entries))
	for i := range entries {
		out[i] = &entries[i]
	}
	return out
}

// backward collects the last p.Limit visible entries below p.Before.
func (e *Engine) backward(ctx context.Context, r bot.Role, f *folded, p PageRequest) ([]bot.Entry, error) {
	before := p.Before
	if before == math.MaxUint64 || before > f.state.Seq {
		before = f.state.Seq + 1
	}
	var out []bot.Entry // the last one first
	for before > 1 && len(out) < p.Limit {
		raw, err := e.store.Before(ctx, f.state.ID, before, p.Limit)
		if err != nil {
			return nil, err
		}
		entries, err := decodeEntries(f.state.ID, raw)
		if err != nil || len(entries) == 0 {
			return nil, err
		}
		for i := len(entries) - 1; i >= 0 && len(out) < p.Limit; i-- {
			if entries[i].Visible(r) {
				out = append(out, entries[i])
			}
		}
		before = entries[0].Seq
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out, nil
}
