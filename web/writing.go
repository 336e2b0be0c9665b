package web

import (
	"time"

	"bedside/bot"
	"bedside/web/wire"
)

// entryWeight is what any command costs beside its text: about what its entry
// and the record of its key take up in the journal.
const entryWeight = 256

// askedWeight is what another language costs: the open question is asked again in
// it, with all its answers, as often as somebody presses.
const askedWeight = 4 << 10

// movedWeight is what the move of an appointment costs: the time that is said anew, a
// mail with its calendar entry, and the room on the server.
const movedWeight = 4 << 10

// writing bounds how much patients write, in bytes: anybody may be one, and what
// they write is kept. A ticket has a rate of its own, its address blockShare
// times as much, so that a waiting room behind one address can write too.
type writing struct {
	ticket  *buckets
	address addressBuckets
}

func newWriting(l Limits, now func() time.Time) writing {
	return writing{
		ticket:  newBuckets(l.TextPerSecond, l.TextBurst, now),
		address: newAddressBuckets(blockShare*l.TextPerSecond, blockShare*l.TextBurst, now),
	}
}

// spend takes what a patient's command weighs; staff write as much as they want.
func (w writing) spend(p party, in wire.Command) error {
	if p.actor.Role != bot.Patient {
		return nil
	}
	weight := entryWeight + len(in.Text) + len(in.Reason) + len(in.Address)
	switch in.Do {
	case bot.DoSpeak:
		weight += askedWeight
	case bot.DoMove:
		weight += movedWeight
	}
	if in.Push != nil {
		weight += len(in.Push.Endpoint)
	}
	for _, option := range in.Options {
		weight += len(option)
	}
	for name, value := range in.Attributes {
		weight += len(name) + len(value)
	}
	wait, ok := w.ticket.take(p.key, weight)
	if ok && p.address.IsValid() {
		wait, ok = w.address.take(p.address, weight)
	}
	if ok {
		return nil
	}
	no := slowDownFor(wait)
	no.Message = "That is a great deal at once. Please wait a moment, and go on."
	return no
}
