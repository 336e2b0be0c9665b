package bot

import (
	"slices"
	"strings"
	"time"
)

// Deed is a thing that TrueConf is to be asked.
type Deed string

const (
	MakeRoom   Deed = "make"   // create, look, run: answered by made or failed
	MendRoom   Deed = "mend"   // the room was found stopped or gone: run it, else ask for another attempt
	RingDoctor Deed = "ring"   // at most once an attempt: the attempt is recorded first
	RemoveRoom Deed = "remove" // stop and delete until confirmed

	RingOffer    Deed = "ring_offer" // the app of the doctor who is rung for a patient, into the room of the call to be: at most once an offer
	ScheduleRoom Deed = "schedule"   // the room of an appointment, which starts by itself
	SendNotice   Deed = "notice"
)

// Wish is something the journal asked for and has not answered.
type Wish struct {
	Deed   Deed
	Room   Room
	How    How
	Owner  string    // the doctor's TrueConf ID with app
	NotYet time.Time // not before: the end of a back-off; zero: now
	From   time.Time // not before, however far away; zero: now

	Start    time.Time     // schedule
	Length   time.Duration // schedule
	Record   bool          // make: on the server, as the patient has agreed
	Notice   OpenNotice    // notice
	Attempts int           // of the notice, so far
}

// Wishes are the state's open wishes, in the order in which they should be done:
// what people wait for first, tidying last.
func Wishes(s State) []Wish {
	var out []Wish
	if c := s.Call; c.Open() {
		w := Wish{Room: c.Room(), How: c.How, Owner: c.Owner, NotYet: c.rest()}
		switch c.State {
		case CallAsked:
			if c.Lacks == "" {
				w.Deed, w.Record = MakeRoom, c.Record
				out = append(out, w)
			}
		case CallBroken:
			w.Deed = MendRoom
			out = append(out, w)
		case CallStands, CallLive:
			if c.How == ByApp && !c.Rung {
				w.Deed, w.NotYet = RingDoctor, time.Time{}
				out = append(out, w)
			}
		}
	}
	if o := s.Offer; o.RingsApp() && !o.Rung {
		out = append(out, Wish{Deed: RingOffer, Room: o.Room(), How: ByApp, Owner: o.TrueConfID})
	}
	out = append(out, bookingWishes(s)...)
	out = append(out, noticeWishes(s)...)
	for room := range s.Rooms {
		if s.booksRoom(room) || s.Offer.RingsApp() && room == s.Offer.Room() {
			continue
		}
		if s.Call.Open() && room == s.Call.Room() {
			continue
		}
		out = append(out, Wish{Deed: RemoveRoom, Room: room})
	}
	slices.SortStableFunc(out, func(a, b Wish) int {
		if (a.Deed == RemoveRoom) != (b.Deed == RemoveRoom) {
			if a.Deed == RemoveRoom {
				return 1
			}
			return -1
		}
		if c := strings.Compare(a.Room.Call, b.Room.Call); c != 0 {
			return c
		}
		return a.Room.Attempt - b.Room.Attempt
	})
	return out
}

// booksRoom reports whether a room is that of an appointment to come.
func (s State) booksRoom(room Room) bool {
	b := s.BookingOf(room.Call)
	return b != nil && b.State == BookedFor && b.Attempt == room.Attempt
}

// rest is how long a room that broke again and again is left alone before it is
// mended or made anew: the first two breaks at once, then 2 s, 4 s … 30 s later.
// A room in which somebody has been since starts afresh.
func (c *Call) rest() time.Time {
	const free = 2
	if c.Breaks <= free || c.State == CallStands || c.State == CallLive {
		return time.Time{}
	}
	return c.TryingSince.Add(min(2*time.Second<<min(c.Breaks-free-1, 4), 30*time.Second))
}
