package bot_test

import (
	"maps"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bedside/bot"
)

// claimedBy is what stands when these keys are held, each as space/key, by the
// conversations named.
func claimedBy(all map[string]string) func(space, prefix string) map[string]string {
	return func(space, prefix string) map[string]string {
		out := map[string]string{}
		for key, id := range all {
			if rest, ok := strings.CutPrefix(key, space+" "); ok && strings.HasPrefix(rest, prefix) {
				out[rest] = id
			}
		}
		return out
	}
}

func TestACallTakesItsSeatsAndItsRoom(t *testing.T) {
	soon := bot.GranuleKey(noon)
	for name, c := range map[string]struct {
		who   bot.Actor
		how   bot.How
		most  int // of the calls at once
		held  map[string]string
		queue bool
		seats int
		lacks string
	}{
		"by page two":             {who: igor, how: bot.ByPage, seats: 2},
		"by app one":              {who: vera, how: bot.ByApp, seats: 1},
		"one is taken":            {who: igor, how: bot.ByPage, held: map[string]string{"seat live/1": "c_2"}, lacks: bot.LacksSeat},
		"one is enough by app":    {who: vera, how: bot.ByApp, held: map[string]string{"seat live/1": "c_2"}, seats: 1},
		"one of a number beyond":  {who: vera, how: bot.ByApp, held: map[string]string{"seat live/1": "c_2", "seat live/7": "c_3"}, lacks: bot.LacksSeat},
		"of an appointment":       {who: igor, how: bot.ByPage, held: map[string]string{"seat " + soon + "/1": "c_2"}, lacks: bot.LacksSeat},
		"of an own appointment":   {who: igor, how: bot.ByPage, held: map[string]string{"seat live/1": "c_1", "seat " + soon + "/2": "c_1"}, seats: 2},
		"of a later appointment":  {who: igor, how: bot.ByPage, held: map[string]string{"seat " + bot.GranuleKey(noon.Add(bot.Granule)) + "/1": "c_2"}, seats: 2},
		"others wait already":     {who: vera, how: bot.ByApp, queue: true, lacks: bot.LacksSeat},
		"as many rooms as may be": {who: vera, how: bot.ByApp, most: 1, held: map[string]string{"room live/1": "c_2"}, lacks: bot.LacksRoom},
		"a room is left":          {who: vera, how: bot.ByApp, most: 2, held: map[string]string{"room live/1": "c_2"}, seats: 1},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.waiting()
			w.limits.MaxCalls, w.claimed = c.most, claimedBy(c.held)
			w.others = func() bool { return c.queue }
			w.do(c.who, bot.DoClaim, bot.Args{})
			got := w.do(c.who, bot.DoEscalate, bot.Args{How: c.how})
			require.Equal(t, c.lacks, w.s.Call.Lacks)
			require.Len(t, w.s.Call.Seats, c.seats)
			for _, n := range w.s.Call.Seats {
				require.Contains(t, []string{"", w.s.ID}, c.held["seat live/"+strconv.Itoa(n)], "held by another")
			}
			require.Equal(t, c.most > 0 && c.lacks == "", w.s.Call.RoomNumber > 0)
			if c.lacks == "" {
				require.Equal(t, bot.MakeRoom, bot.Wishes(w.s)[0].Deed)
				return
			}
			require.Empty(t, bot.Wishes(w.s), "nothing is made for a call that waits")
			require.Equal(t, []bot.Kind{bot.CallRequested, bot.LeadAlerted}, kinds(got))
			require.True(t, inList(w.s, bot.ListSeatless))
		})
	}
}

func inList(s bot.State, list string) bool {
	for _, l := range bot.HeadOf(s).Lists {
		if l.List == list {
			return true
		}
	}
	return false
}

// seatless brings a call by page that waits for a seat.
func seatless(t *testing.T) (w *world, held map[string]string) {
	w = newWorld(t)
	w.consulting()
	held = map[string]string{"seat live/1": "c_2"}
	w.claimed = claimedBy(held)
	w.do(igor, bot.DoSend, bot.Args{Text: "Let us talk by video."})
	w.do(igor, bot.DoEscalate, bot.Args{How: bot.ByPage})
	require.Equal(t, bot.LacksSeat, w.s.Call.Lacks)
	return w, held
}

func TestACallThatWaitsGoesOnByItself(t *testing.T) {
	w, held := seatless(t)
	require.Empty(t, w.do(system, bot.DoSeat, bot.Args{}), "nothing has fallen free")
	w.refused(bot.NoCall, igor, bot.DoNewRoom, bot.Args{})
	w.now = w.now.Add(9 * time.Minute)
	delete(held, "seat live/1")
	w.others = func() bool { return true } // others wait behind it
	require.Equal(t, []bot.Kind{bot.CallSeated}, kinds(w.do(system, bot.DoSeat, bot.Args{})))
	require.Empty(t, w.do(system, bot.DoSeat, bot.Args{}), "seated once")
	require.Equal(t, bot.MakeRoom, bot.Wishes(w.s)[0].Deed)
	require.False(t, inList(w.s, bot.ListSeatless))
	args := w.ofCall()
	args.Failure, args.Retry = &bot.CallFailure{Kind: "unreachable"}, true
	w.do(system, bot.DoFailed, args)
	require.False(t, w.s.Call.RetryAt.IsZero(), "the time for which it waited is no time of trying")
	w.pass(3 * time.Second)
	require.Equal(t, []int{1, 2}, w.s.Call.Seats, "tried again with the seats that it has")
}

func TestACallThatNobodySeatsIsGivenUp(t *testing.T) {
	w, _ := seatless(t)
	w.wakes(w.limits.CallLimit)
	require.Equal(t, bot.CallDropped, w.s.Call.State)
	require.Equal(t, bot.EndFailed, w.s.Call.EndWhy)
	require.Equal(t, bot.Consulting, w.s.Phase)
}

func TestWhatCanNeverBeSeatedAnyMoreIsGivenUpAtOnce(t *testing.T) {
	w, _ := seatless(t)
	w.limits.GuestSeats = 1
	w.do(system, bot.DoSeat, bot.Args{})
	require.Equal(t, bot.CallDropped, w.s.Call.State)
}

func TestWhoWaitsForASeatMayComeAnotherWay(t *testing.T) {
	w := newWorld(t)
	w.waiting()
	w.claimed = claimedBy(map[string]string{"seat live/1": "c_2"})
	w.do(vera, bot.DoClaim, bot.Args{})
	w.do(vera, bot.DoEscalate, bot.Args{How: bot.ByPage})
	require.Equal(t, bot.LacksSeat, w.s.Call.Lacks)
	require.Empty(t, w.do(vera, bot.DoEscalate, bot.Args{How: bot.ByPage}), "pressed twice is pressed once")
	w.do(vera, bot.DoEscalate, bot.Args{How: bot.ByApp})
	require.Empty(t, w.s.Call.Lacks)
	require.Equal(t, []int{2}, w.s.Call.Seats)

	w.do(system, bot.DoMade, w.ofCall())
	w.refused(bot.NoGuestSeat, vera, bot.DoEscalate, bot.Args{How: bot.ByPage})
	require.Equal(t, bot.CallStands, w.s.Call.State, "the call goes on as it is")
}

// Seats outlast the call until the room is gone, where somebody was inside.
func TestSeatsAreFreeWhenTheRoomIsGone(t *testing.T) {
	for _, inside := range []bool{true, false} {
		w := newWorld(t)
		w.limits.MaxCalls = 3
		w.call()
		if inside {
			w.do(system, bot.DoSeen, w.who(bot.Patient))
		}
		require.Len(t, bot.Claims(w.s), 3, "two seats and a room")
		ended := w.ofCall()
		w.do(igor, bot.DoHangUp, bot.Args{})
		if inside {
			require.Len(t, bot.Claims(w.s), 3)
		} else {
			require.Len(t, bot.Claims(w.s), 1, "nobody sits on a seat, and the room is there still")
		}
		w.do(system, bot.DoRemoved, ended)
		require.Empty(t, bot.Claims(w.s))
	}
}

// Any number of conversations, in any order: never more seats or rooms than there
// are, and at the end none is held.
func TestNoMoreSeatsAreTakenThanThereAre(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		seats, rooms := rapid.IntRange(2, 5).Draw(r, "seats"), rapid.IntRange(0, 3).Draw(r, "rooms")
		held := map[string]string{}
		var all []*world
		for i := range rapid.IntRange(2, 5).Draw(r, "conversations") {
			w := newWorld(t)
			w.s.ID = "c_" + string(rune('1'+i))
			w.consultingOf(w.s.ID)
			w.limits.GuestSeats, w.limits.MaxCalls = seats, rooms
			w.claimed = claimedBy(held)
			all = append(all, w)
		}
		act := func(w *world, a bot.Actor, do bot.Do, args bot.Args) {
			before := bot.Claims(w.s)
			if _, err := w.try(a, do, args); err != nil {
				return
			}
			for _, c := range before {
				delete(held, c.Space+" "+c.Key)
			}
			for _, c := range bot.Claims(w.s) {
				require.NotContains(r, held, c.Space+" "+c.Key, "held by another")
				held[c.Space+" "+c.Key] = w.s.ID
			}
		}
		for range rapid.IntRange(1, 40).Draw(r, "steps") {
			w := rapid.SampledFrom(all).Draw(r, "who")
			var of bot.Args
			if w.s.Call != nil {
				of = w.ofCall()
			}
			of.How = rapid.SampledFrom([]bot.How{bot.ByApp, bot.ByPage}).Draw(r, "how")
			of.Who, of.Failure, of.Retry = bot.Patient, &bot.CallFailure{Kind: "unreachable"}, true
			switch do := rapid.SampledFrom([]bot.Do{
				bot.DoEscalate, bot.DoHangUp, bot.DoNewRoom, bot.DoSeat, bot.DoMade, bot.DoSeen, bot.DoFailed, bot.DoWake, bot.DoRemoved,
			}).Draw(r, "do"); do {
			case bot.DoEscalate, bot.DoHangUp, bot.DoNewRoom:
				act(w, vera, do, of)
			default:
				act(w, system, do, of)
			}
			used := map[string]int{}
			for key := range held {
				used[strings.Fields(key)[0]]++
			}
			require.LessOrEqual(r, used["seat"], seats)
			require.True(r, rooms == 0 && used["room"] == 0 || used["room"] <= rooms)
		}
		for _, w := range all {
			act(w, vera, bot.DoHangUp, bot.Args{})
			for room := range maps.Clone(w.s.Rooms) {
				act(w, system, bot.DoRemoved, bot.Args{Call: room.Call, Attempt: room.Attempt})
			}
		}
		require.Empty(r, held, "seats that nobody sits on")
	})
}

// consultingOf is consulting for a conversation of another name.
func (w *world) consultingOf(id string) {
	w.s = bot.State{ID: id}
	who := bot.Actor{Role: bot.Patient, Conversation: id}
	w.do(who, bot.DoStart, bot.Args{Start: &bot.Started{Door: "visit", Language: "en", Version: w.program.Hash()}})
	w.do(who, bot.DoChoose, bot.Args{Step: w.s.Asked.Step, Option: "doctor"})
	w.do(who, bot.DoSend, bot.Args{Text: "Patient One"})
	w.do(who, bot.DoSkip, bot.Args{Step: w.s.Asked.Step})
	w.do(vera, bot.DoClaim, bot.Args{})
}
