package engine

import (
	"container/list"
	"slices"
	"sync"

	"bedside/bot"
)

const (
	cacheStates = 4096 // conversations kept folded
	cacheTail   = 8    // of each, the last entries: what two people who follow it read
)

// folded is a conversation as it was last seen. It is never changed, only
// replaced.
type folded struct {
	state bot.State
	tail  []*bot.Entry // the journal's last entries without a gap, up to state.Seq
	row   bot.Row      // what the head says of it
	keys  *keys        // the commands that it has recorded
}

// after returns the entries above seq, if they are all remembered.
func (f *folded) after(seq uint64) ([]*bot.Entry, bool) {
	if seq >= f.state.Seq {
		return nil, true
	}
	if len(f.tail) == 0 || f.tail[0].Seq > seq+1 {
		return nil, false
	}
	return f.tail[seq+1-f.tail[0].Seq:], true
}

// grow folds further entries, which are on the disk, and answers with the new whole.
func (f *folded) grow(entries []bot.Entry) (*folded, error) {
	state := f.state
	for _, e := range entries {
		var err error
		if state, err = bot.Apply(state, e); err != nil {
			return nil, err
		}
	}
	f.keys.learn(entries)
	last := slices.Clone(entries[max(0, len(entries)-cacheTail):]) // a page of them would be kept else
	return f.next(state, last), nil
}

// nothing is a conversation of which nothing is known yet.
func nothing(id string) *folded { return &folded{state: bot.State{ID: id}, keys: newKeys()} }

// next is f with further entries, which lead to state and never change again.
func (f *folded) next(state bot.State, entries []bot.Entry) *folded {
	entries = entries[max(0, len(entries)-cacheTail):]
	keep := f.tail[max(0, len(f.tail)+len(entries)-cacheTail):]
	return &folded{state: state, row: bot.HeadOf(state), keys: f.keys, tail: slices.Concat(keep, pointers(entries))}
}

// cache keeps the conversations that were used last. What it holds may be old:
// a commit finds that out, and a read compares it with the head.
type cache struct {
	mu    sync.Mutex
	bound int
	byID  map[string]*list.Element
	order *list.List // of *folded, the latest first
}

func newCache(bound int) *cache {
	return &cache{bound: bound, byID: map[string]*list.Element{}, order: list.New()}
}

func (c *cache) get(id string) (*folded, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.byID[id]
	if !ok {
		return nil, false
	}
	c.order.MoveToFront(e)
	return e.Value.(*folded), true
}

// put keeps f unless something newer is kept already.
func (c *cache) put(f *folded) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.byID[f.state.ID]; ok {
		if e.Value.(*folded).state.Seq <= f.state.Seq {
			e.Value = f
		}
		c.order.MoveToFront(e)
		return
	}
	c.byID[f.state.ID] = c.order.PushFront(f)
	if c.order.Len() > c.bound {
		oldest := c.order.Back()
		delete(c.byID, c.order.Remove(oldest).(*folded).state.ID)
	}
}

func (c *cache) drop(id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.byID[id]; ok {
		c.order.Remove(e)
		delete(c.byID, id)
	}
}
