package web

import (
	"time"

	"bedside/bot"
	"bedside/web/wire"
)

// entryWeight is what any command costs beside its text: about what its entry
// and the record of its key take up in the journal.
const entryWeight = 256

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
	weight := entryWeight + len(in.Text)
	for _, option := range in.Options {
		weight += len(option)
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
