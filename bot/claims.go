package bot

import (
	"fmt"
	"slices"
	"strconv"
	"time"
)

// Claim is a thing of which there is one, and which a state holds: a doctor's
// bell, a quarter of an hour in a calendar, a guest seat. The engine keeps a
// record for each, made under the condition that there is none, in the commit of
// the entry that takes it, and removed in the commit that lets go of it. So two
// conversations never hold the same, on any node, after any crash.
type Claim struct {
	Space string
	Key   string
	Until time.Time // it is worth nothing after; zero: as long as it is held
}

// Spaces of claims.
const (
	SpaceOffer  = "offer"  // <login>: the conversation for which the doctor is rung
	SpaceAgenda = "agenda" // <login>/<granule>: a doctor's time
	SpaceSeat   = "seat"   // live/<n>, or <granule>/<n>: a guest connection of the TrueConf Server
	SpaceRoom   = "room"   // live/<n>, or <granule>/<n>: one of trueconf.max_calls
)

// LivePrefix is what the keys of seats and rooms begin with that count now, before
// their number.
const LivePrefix = "live/"

// Granule is the step in which time is claimed: appointments of different lengths
// meet only where they overlap.
const Granule = 5 * time.Minute

// HeldBefore is how long before an appointment its guest seats are held.
const HeldBefore = 10 * time.Minute

// Granules are the keys of all steps that touch [from, to), ascending as text.
func Granules(from, to time.Time) []string {
	var out []string
	first, last := granulesOf(from, to)
	for step := first; step <= last; step++ {
		out = append(out, granuleKey(step))
	}
	return out
}

// granulesOf are the first and the last step that touch [from, to), counted since
// 1970.
func granulesOf(from, to time.Time) (first, last int64) {
	const length = int64(Granule / time.Second)
	return from.Unix() / length, (to.Unix() - 1) / length
}

// GranuleKey is the key of the step in which a moment lies.
func GranuleKey(at time.Time) string {
	first, _ := granulesOf(at, at)
	return granuleKey(first)
}

func granuleKey(step int64) string { return fmt.Sprintf("%010d", step) }

// Claims are all that a state holds.
func Claims(s State) []Claim {
	var out []Claim
	if o := s.Offer; o != nil {
		out = append(out, Claim{Space: SpaceOffer, Key: o.Doctor})
		out = append(out, live(o.Seats, o.RoomNumber)...)
	}
	for i := range s.Bookings {
		out = append(out, bookingClaims(&s.Bookings[i])...)
	}
	if c := s.Call; c.Open() && c.Visit != nil {
		out = append(out, bookingClaims(c.Visit)...)
	}
	out = append(out, s.callClaims()...)
	slices.SortFunc(out, func(a, b Claim) int {
		if a.Space != b.Space {
			return compareText(a.Space, b.Space)
		}
		return compareText(a.Key, b.Key)
	})
	return slices.CompactFunc(out, func(a, b Claim) bool { return a.Space == b.Space && a.Key == b.Key })
}

func compareText(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// bookingClaims are the doctor's time and what is kept of the server for that
// time, to its end; once seats are held, those that count now as well. What is
// held before the start is in nobody's calendar: appointments one behind the
// other fit on a single seat.
func bookingClaims(b *Booking) []Claim {
	var out []Claim
	gone := b.End().Add(24 * time.Hour)
	for _, g := range Granules(b.Start, b.End()) {
		if b.Doctor != "" {
			out = append(out, Claim{SpaceAgenda, b.Doctor + "/" + g, gone})
		}
		for _, n := range b.Seats {
			out = append(out, Claim{SpaceSeat, g + "/" + strconv.Itoa(n), gone})
		}
		if b.Room > 0 {
			out = append(out, Claim{SpaceRoom, g + "/" + strconv.Itoa(b.Room), gone})
		}
	}
	if b.Held {
		out = append(out, live(b.HeldSeats, b.HeldRoom)...)
	}
	return out
}

// callClaims are the guest seats and the room of the call. They outlast it until
// TrueConf has confirmed that its rooms are gone: before that the room still
// counts, and whoever was inside may still be.
func (s State) callClaims() []Claim {
	c := s.Call
	switch {
	case c.Open():
		return live(c.Seats, c.RoomNumber)
	case !s.leftRooms(c):
		return nil
	case c.WasInside || c.Unwatched:
		return live(c.Seats, c.RoomNumber)
	}
	return live(nil, c.RoomNumber)
}

// leftRooms reports whether rooms of the call are not confirmed removed.
func (s State) leftRooms(c *Call) bool {
	for r := range s.Rooms {
		if c != nil && r.Call == c.ID {
			return true
		}
	}
	return false
}

func live(seats []int, room int) []Claim {
	var out []Claim
	for _, n := range seats {
		out = append(out, Claim{Space: SpaceSeat, Key: LivePrefix + strconv.Itoa(n)})
	}
	if room > 0 {
		out = append(out, Claim{Space: SpaceRoom, Key: LivePrefix + strconv.Itoa(room)})
	}
	return out
}
