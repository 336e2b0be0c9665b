package web_test

import (
	"encoding/json"
	"testing"
	"time"

	"bedside/bot"
	"bedside/web/wire"

	"github.com/gorilla/websocket"
	"github.com/stretchr/testify/require"
)

// offeredTo is a head that rings a doctor.
func offeredTo(login string) func(frame) bool {
	return func(f frame) bool {
		for _, h := range f.Heads {
			if h.Offer != nil && h.Offer.Doctor == login {
				return true
			}
		}
		return false
	}
}

func (l *line) duty(ok func(wire.Duty) bool) wire.Duty {
	l.t.Helper()
	var d wire.DutyFrame
	l.until(func(f frame) bool {
		d = wire.DutyFrame{}
		return f.Type == wire.TypeDuty && json.Unmarshal(f.raw, &d) == nil && ok(d.Duty)
	})
	return d.Duty
}

func TestWhoIsFreeIsRungOverTheirConsole(t *testing.T) {
	h := newHouse(t)
	oleg := h.staff("oleg")
	console := oleg.connect()
	require.Equal(t, bot.DutyOn, console.duty(func(wire.Duty) bool { return true }).State, "told at sign-in")
	anna := h.patient()
	console.until(offeredTo("oleg"))
	oleg.with(anna).do(wire.Command{Do: bot.DoClaim})
	d := console.duty(func(d wire.Duty) bool { return d.Open == 1 })
	require.Equal(t, wire.Duty{State: bot.DutyOn, Open: 1, Most: 3}, d)

	vera := h.staff("vera")
	other := vera.connect()
	boris := h.patient()
	other.until(offeredTo("vera"))
	vera.with(boris).do(wire.Command{Do: bot.DoDecline, Reason: "not my field"})
	console.until(offeredTo("oleg"))
	vera.with(boris).refusedCommand(wire.Command{Do: bot.DoDecline}, 409, bot.NotNow)

	var is wire.Duty
	oleg.call("PUT", "/api/v1/duty", wire.SetDuty{State: bot.DutyAway}, 200, &is)
	require.Equal(t, bot.DutyAway, is.State)
	console.duty(func(d wire.Duty) bool { return d.State == bot.DutyAway })
	var head wire.Head
	oleg.call("GET", "/api/v1/conversations/"+boris.id, nil, 200, &head)
	require.Eventually(t, func() bool {
		var head wire.Head
		oleg.call("GET", "/api/v1/conversations/"+boris.id, nil, 200, &head)
		return head.Offer == nil
	}, 10*time.Second, 10*time.Millisecond, "who goes away is rung no longer")
	oleg.refused("PUT", "/api/v1/duty", wire.SetDuty{State: "asleep"}, 400, bot.Malformed)
	h.staff("anton").refused("GET", "/api/v1/duty", nil, 403, bot.Forbidden)
	oleg.call("GET", "/api/v1/duty", nil, 200, &is)
	require.Equal(t, bot.DutyAway, is.State)
	h.staff("oleg")
	oleg.call("GET", "/api/v1/duty", nil, 200, &is)
	require.Equal(t, bot.DutyOn, is.State, "who signs in is back")
}

func (p *person) refusedCommand(c wire.Command, status int, code bot.Code) {
	p.h.t.Helper()
	c.Key = newKey()
	p.refused("POST", "/api/v1/conversations/"+p.id+"/commands", c, status, code)
}

// A console that stays open and says nothing any more is noticed; one that answers
// the beat is not.
func TestADeadConsoleIsNoticedWithinSeconds(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for a console to be taken for dead")
	}
	h := newHouse(t)
	dead, alive := h.staff("oleg").connect(), h.staff("vera").connect()
	go answerBeats(alive.conn)
	require.True(t, h.s.Present("oleg"))
	_ = dead
	begun := time.Now()
	require.Eventually(t, func() bool { return !h.s.Present("oleg") }, 20*time.Second, 50*time.Millisecond)
	require.Greater(t, time.Since(begun), 8*time.Second, "two beats may be lost")
	require.True(t, h.s.Present("vera"))
}

// answerBeats does what a console's page does, until the connection ends.
func answerBeats(c *websocket.Conn) {
	for {
		_ = c.SetReadDeadline(time.Now().Add(time.Minute))
		_, b, err := c.ReadMessage()
		if err != nil {
			return
		}
		var f frame
		if json.Unmarshal(b, &f) == nil && f.Type == wire.TypeBeat {
			_ = c.WriteJSON(wire.BeatFrame{Type: wire.TypeBeat})
		}
	}
}

func TestSigningOutWantsANextStepForEveryPatient(t *testing.T) {
	h := newHouse(t)
	oleg := h.staff("oleg")
	console := oleg.connect()
	anna, boris := h.patient(), h.patient()
	for _, p := range []*person{anna, boris} {
		oleg.with(p).do(wire.Command{Do: bot.DoClaim})
	}
	h.staff("oleg").call("DELETE", "/api/v1/session", nil, 204, nil) // the console is elsewhere, and stays
	var has wire.SignOutRefused
	oleg.call("DELETE", "/api/v1/session", nil, 409, &has)
	require.Equal(t, bot.OpenConversations, has.Code)
	require.Len(t, has.Heads, 2)
	oleg.call("GET", "/api/v1/session", nil, 200, nil)

	oleg.with(anna).do(wire.Command{Do: bot.DoFinish})
	oleg.call("DELETE", "/api/v1/session", nil, 409, &has)
	require.Len(t, has.Heads, 1)
	oleg.call("DELETE", "/api/v1/session?keep=yes", nil, 204, nil)
	require.Equal(t, wire.CloseSignedOut, console.closed())
	require.Eventually(t, func() bool { return !h.s.Present("oleg") }, 5*time.Second, 10*time.Millisecond, "gone at once")
	boris.until(0, bot.DoctorReleased)
	var head wire.Head
	boris.call("GET", "/api/v1/conversations/"+boris.id, nil, 200, &head)
	require.Equal(t, bot.Waiting, head.Phase)
	h.staff("anton").call("DELETE", "/api/v1/session", nil, 204, nil)
}

func TestTheBoard(t *testing.T) {
	h := newHouse(t)
	oleg := h.staff("oleg")
	console := oleg.connect()
	anna := h.patient()
	console.until(offeredTo("oleg"))
	boris := h.patient()
	carl := h.patient()
	oleg.with(carl).do(wire.Command{Do: bot.DoClaim})
	oleg.call("PUT", "/api/v1/duty", wire.SetDuty{State: bot.DutyBusy}, 200, nil)
	require.Eventually(t, func() bool {
		var b wire.Board
		h.staff("anton").call("GET", "/api/v1/board", nil, 200, &b)
		return len(b.Waits) == 2 && b.Waits[0].Offer == nil
	}, 10*time.Second, 20*time.Millisecond)
	var b wire.Board
	h.staff("anton").call("GET", "/api/v1/board", nil, 200, &b)
	require.Equal(t, []string{anna.id, boris.id}, []string{b.Waits[0].ID, b.Waits[1].ID})
	require.Equal(t, 2, b.Departments[0].Waiting)
	require.Equal(t, 1, b.Departments[0].OnDuty)
	require.Equal(t, b.Waits[0].Since, b.Departments[0].Oldest)
	kinds := map[string]int{}
	for i, p := range b.Promises {
		kinds[p.Kind]++
		require.False(t, i > 0 && p.By.Before(b.Promises[i-1].By), "the earliest first")
		require.False(t, p.Broken)
	}
	require.Equal(t, map[string]int{"wait": 2, "reply": 1}, kinds)
	byLogin := map[string]wire.BoardDoctor{}
	for _, d := range b.Doctors {
		byLogin[d.Login] = d
	}
	require.Equal(t, bot.DutyBusy, byLogin["oleg"].Duty)
	require.True(t, byLogin["oleg"].Here)
	require.Equal(t, 1, byLogin["oleg"].Open)
	require.False(t, byLogin["vera"].Here)
	require.Equal(t, 2, b.Seats.Seats)
	require.NotContains(t, byLogin, "rita", "she works elsewhere")
	require.Zero(t, b.More)
	var own wire.Board
	h.staff("rita").call("GET", "/api/v1/board", nil, 200, &own)
	require.Empty(t, own.Waits)
}
