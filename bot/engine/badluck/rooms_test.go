package badluck_test

import (
	"context"
	"sync"

	"bedside/bot"
	"bedside/bot/rooms"
	"bedside/trueconf/standin"
)

// roomBook knows which room of the journal a room at TrueConf is.
type roomBook struct {
	name *rooms.Rooms
	last *namer

	mu     sync.Mutex
	all    map[string]bot.Room
	most   int  // rooms of this clinic at once
	strays bool // a hung request may make a room after its end
}

func newRoomBook(c rooms.Config) (*roomBook, error) {
	b := &roomBook{last: &namer{}, all: map[string]bot.Room{}}
	var err error
	b.name, err = rooms.New(b.last, c)
	return b, err
}

// namer is a TrueConf that is told ids and does nothing.
type namer struct {
	rooms.TrueConf
	id string
}

func (n *namer) Stop(_ context.Context, id string) error { n.id = id; return nil }

func (n *namer) Delete(context.Context, string) error { return nil }

// learn writes down a room that a journal asks for, and answers with its id.
func (b *roomBook) learn(room bot.Room) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	_ = b.name.Remove(context.Background(), room)
	b.all[b.last.id] = room
	return b.last.id
}

func (b *roomBook) of(id string) (bot.Room, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	room, ours := b.all[id]
	return room, ours
}

// seen holds the rooms at TrueConf to the journal, which answers for each.
func (c *clinic) seen(all []standin.Room) {
	n := 0
	for _, there := range all {
		room, ours := c.book.of(there.ID)
		if !ours {
			continue
		}
		n++
		if !c.disk.journalHas(room) && !c.strays() {
			c.t.Errorf("TrueConf has a room of attempt %d that the journal does not know", room.Attempt)
		}
	}
	c.book.mu.Lock()
	defer c.book.mu.Unlock()
	c.book.most = max(c.book.most, n)
}

// rooms are the ids of this clinic's rooms at TrueConf.
func (c *clinic) rooms() []string {
	var out []string
	for _, r := range c.video.Rooms() {
		if _, ours := c.book.of(r.ID); ours {
			out = append(out, r.ID)
		}
	}
	return out
}

// mostRooms is how many there ever were at once.
func (c *clinic) mostRooms() int {
	c.book.mu.Lock()
	defer c.book.mu.Unlock()
	return c.book.most
}

func (c *clinic) strays() bool {
	c.book.mu.Lock()
	defer c.book.mu.Unlock()
	return c.book.strays
}

// allowStrays is for requests that work after their client has given up.
func (c *clinic) allowStrays() {
	c.book.mu.Lock()
	defer c.book.mu.Unlock()
	c.book.strays = true
}
