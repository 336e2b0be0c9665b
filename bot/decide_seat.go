package bot

import (
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"time"
)

// What a call can lack.
const (
	LacksSeat = "seat" // the guest connections of the TrueConf Server are taken
	LacksRoom = "room" // as many calls go on as may: trueconf.max_calls
)

// taken is what a call needs of what there is too little of, or what it lacks.
type taken struct {
	Seats []int
	Room  int
	Lacks string
}

// seatsOf is how many guest connections a call takes: the patient's, and with
// `page` the doctor's too.
func seatsOf(how How) int {
	if how == ByPage {
		return 2
	}
	return 1
}

// take finds seats and a room for a call that begins now. Who waits already comes
// first; what this conversation holds is its own to use again, before all who wait.
func (t *turn) take(how How, inTurn bool) taken {
	seats, enough := t.freeSeats(seatsOf(how))
	if !enough {
		return taken{Lacks: LacksSeat}
	}
	room, free := t.freeRoom()
	switch {
	case !free:
		return taken{Lacks: LacksRoom}
	case !inTurn && !t.holds(seats) && t.f.Queued != nil && t.f.Queued():
		return taken{Lacks: LacksSeat}
	}
	return taken{Seats: seats, Room: room}
}

// freeSeats are n guest seats that nobody else holds; false: there are not so many.
func (t *turn) freeSeats(n int) ([]int, bool) {
	seats := t.unheld(SpaceSeat, t.f.Limits.GuestSeats, n)
	return seats, len(seats) == n
}

// holds reports whether this conversation has these seats already, as those that are
// kept for an offer.
func (t *turn) holds(seats []int) bool {
	own, _ := t.held(SpaceSeat)
	return !slices.ContainsFunc(seats, func(n int) bool { return !own[n] })
}

// freeRoom is the number of a room of trueconf.max_calls; 0 where they are not
// limited. False: as many go on as may.
func (t *turn) freeRoom() (int, bool) {
	if t.f.Limits.MaxCalls <= 0 {
		return 0, true
	}
	rooms := t.unheld(SpaceRoom, t.f.Limits.MaxCalls, 1)
	if len(rooms) == 0 {
		return 0, false
	}
	return rooms[0], true
}

// unheld are at most n of the numbers from 1 to most that no other conversation
// holds now, those first that this one has already. As many as appointments whose
// seats are to be held, and are not yet, are left alone.
func (t *turn) unheld(space string, most, n int) []int {
	own, others := t.held(space)
	free := most - len(others) - t.promisedNow(space)
	var out []int
	pick := func(want bool) {
		first := firstNumber(t.s.ID, most)
		for i := 0; i < most && len(out) < min(n, free); i++ {
			if number := (first+i)%most + 1; own[number] == want && !others[number] {
				out = append(out, number)
			}
		}
	}
	pick(true)
	pick(false)
	slices.Sort(out)
	return out
}

// firstNumber is where a conversation begins to look, another place for each: of
// many who come at once few want the same number.
func firstNumber(id string, most int) int {
	h := fnv.New32a()
	h.Write([]byte(id))
	return int(h.Sum32() % uint32(max(most, 1)))
}

// held are the numbers that count now: this conversation's and all others'.
func (t *turn) held(space string) (own, others map[int]bool) {
	own, others = map[int]bool{}, map[int]bool{}
	if t.f.Claimed == nil {
		return own, others
	}
	for key, id := range t.f.Claimed(space, LivePrefix) {
		n, err := strconv.Atoi(strings.TrimPrefix(key, LivePrefix))
		switch {
		case err != nil:
		case id == t.s.ID:
			own[n] = true
		default:
			others[n] = true
		}
	}
	return own, others
}

// promisedNow counts what other conversations' appointments have a right to, those
// that go on or are about to begin, and do not hold yet. To one that has begun itself
// those that are about to begin come second: two that waited for each other would
// both go without.
func (t *turn) promisedNow(space string) int {
	if t.f.Claimed == nil {
		return 0
	}
	holds := map[string]bool{t.s.ID: true}
	for _, id := range t.f.Claimed(space, LivePrefix) {
		holds[id] = true
	}
	waits := map[[2]string]bool{}
	moments := []time.Time{t.f.Now, t.f.Now.Add(HeldBefore)}
	if len(t.s.begun("")) > 0 {
		moments = moments[:1]
	}
	for _, at := range moments {
		for key, id := range t.f.Claimed(space, GranuleKey(at)+"/") {
			if _, n, _ := strings.Cut(key, "/"); !holds[id] {
				waits[[2]string{id, n}] = true
			}
		}
	}
	return len(waits)
}

// begin asks for the first room of a call. Where seats or rooms are taken it waits
// for them, which both read. What an appointment has a right to nobody else who waits
// is given, so it stands behind none of them.
func (t *turn) begin(b Requested) {
	got := t.take(b.How, b.Why == whyBooking)
	b.Seats, b.Room, b.Lacks = got.Seats, got.Room, got.Lacks
	t.request(t.recording(t.untilVisitEnds(b)))
	if b.Lacks != "" {
		t.alert(alertedForSeats)
	}
}

// Recorded reports whether a conversation's calls are recorded on the server: the
// clinic wants it, and the patient has agreed in it.
func Recorded(s State, l Limits) bool {
	return l.Recording != "" && s.Memory.Consents[l.Recording] != ""
}

// recording has a call recorded where that is agreed, and says where it is kept.
func (t *turn) recording(b Requested) Requested {
	if b.Record = Recorded(t.s, t.f.Limits); b.Record {
		b.Kept = t.f.Limits.Kept.In(t.s.Language)
	}
	return b
}

const alertedForSeats = "seats"

// seat gives what waits for a seat or a room what there is of them now: the visits
// that begin soon, and the call.
func (t *turn) seat() error {
	if err := t.holdWaiting(); err != nil {
		return err
	}
	return t.seatCall()
}

// seatCall lets a call that waits go on, if there is now what it lacks.
func (t *turn) seatCall() error {
	c := t.s.Call
	if !c.Open() || c.Lacks == "" {
		return nil
	}
	if seatsOf(c.How) > t.f.Limits.GuestSeats {
		return t.unseated() // the clinic has fewer since it was asked for
	}
	got := t.take(c.How, true)
	if got.Lacks != "" {
		return nil
	}
	t.system(CallSeated, ForAll, Seated{Call: c.ID, Attempt: c.Attempt, Seats: got.Seats, Room: got.Room})
	return nil
}

// seatUntil is when a call that nobody can seat is given up: as long as the longest
// of those before it may last.
func seatUntil(c *Call, l Limits) time.Time { return c.TryingSince.Add(l.CallLimit) }

// unseated gives up a call for which nothing has fallen free.
func (t *turn) unseated() error {
	t.endCall(EndFailed)
	t.bot(BotSaid, Said{Text: videoWordsIn(t.s.Language).noSeat, Lang: t.s.Language})
	t.alert(alertedForSeats)
	return nil
}
