package web

import "bedside/web/wire"

// typing and hasRead pass on what the other side sees of an open conversation.
// From somebody who is not shown there, or has it not open, nothing comes of
// them.

func (c *socket) typing(in wire.TypingFrame) error {
	c.relay(in.Conversation, func(f *follow) any {
		by := f.by()
		return wire.TypingFrame{Type: wire.TypeTyping, Conversation: f.id, By: &by}
	})
	return nil
}

func (c *socket) hasRead(in wire.ReadFrame) error {
	c.relay(in.Conversation, func(f *follow) any {
		f.read = max(f.read, in.Seq)
		return f.presence(true)
	})
	return nil
}

func (c *socket) relay(id string, frame func(*follow) any) {
	f, g := c.following(id), c.s.rooms
	if f == nil {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if f.shown {
		g.tell(f, frame(f), across(f))
	}
}
