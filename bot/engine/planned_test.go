package engine_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/store/storetest"
	"bedside/trueconf/standin"
)

// An appointment on a real room: TrueConf begins it by itself and rings its owner,
// or an administrator has had a hand in it. The link that the patient was given when
// it was booked leads in, the doctor answers the ring in the app, and nothing stays.
func TestAPlannedVisitTakesPlaceWhateverBefallsItsRoom(t *testing.T) {
	for name, befalls := range map[string]func(c *clinic, room string){
		"nothing":                   func(*clinic, string) {},
		"it does not begin":         func(c *clinic, _ string) { c.switches(func(w *standin.Switches) { w.NoStart = true }) },
		"run twice is refused":      func(c *clinic, _ string) { c.switches(func(w *standin.Switches) { w.RunTwice = standin.Twice409 }) },
		"the clock there is ahead":  func(c *clinic, _ string) { c.switches(func(w *standin.Switches) { w.Skew = 40 * time.Second }) },
		"the clock there is behind": func(c *clinic, _ string) { c.switches(func(w *standin.Switches) { w.Skew = -40 * time.Second }) },
		"stopped before":            func(c *clinic, room string) { c.server.StartRoom(room); c.server.StopRoom(room) },
		"started before":            func(c *clinic, room string) { c.server.StartRoom(room) },
		"deleted before":            func(c *clinic, room string) { c.server.DeleteRoom(room) },
		"TrueConf begins anew":      func(c *clinic, _ string) { c.server.Restart() },
		"TrueConf is down a while":  func(c *clinic, _ string) { c.trouble(standin.Trouble{Kind: standin.TroubleDown}) },
		"answers are lost":          func(c *clinic, _ string) { c.trouble(standin.Trouble{Kind: standin.TroubleLost, Times: 6}) },
		"Bedside is down a while":   func(c *clinic, _ string) { c.stop(); time.Sleep(15 * time.Minute); c.restart(); c.stop = c.run() },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { plannedVisit(t, befalls) })
		})
	}
}

func (c *clinic) switches(change func(*standin.Switches)) { c.server.SetSwitches(change) }

func plannedVisit(t *testing.T, befalls func(c *clinic, room string)) {
	c := newClinic(t, -1, storetest.LoseCommit)
	defer c.close()
	c.lib.p.Store(compile(t, bookFlow))
	a, b := c.booked("anna", 0)
	key := c.e.VisitKey(b.ID)
	time.Sleep(time.Minute)
	require.Len(t, c.server.Rooms(), 1)
	room := c.server.Rooms()[0]
	require.True(t, room.Start.Equal(b.Start))
	require.Equal(t, "doctor1", room.Owner)
	time.Sleep(time.Until(b.Start.Add(-5 * time.Minute)))
	befalls(c, room.ID)

	time.Sleep(time.Until(b.Start.Add(time.Minute)))
	c.switches(func(w *standin.Switches) { w.Troubles = nil })
	c.until("the room runs", a, func(s bot.State) bool { return s.Call.Open() && s.Call.State == bot.CallStands })
	require.Equal(t, b.ID, c.state(a).Call.ID, "the link holds")
	rung := false
	for _, r := range c.server.Rings() {
		rung = rung || r.User == "doctor1"
	}
	require.True(t, rung)
	var patient *standin.Visitor
	c.insist("the link of the booking", func(ctx context.Context) error {
		guest, err := c.e.ByVisitKey(ctx, b.ID, key)
		if err != nil {
			return err
		}
		link, err := c.e.Join(ctx, guest, engine.JoinRequest{Call: b.ID})
		if err != nil {
			return err
		}
		if patient, err = c.server.Enter(link.WebURL); err != nil {
			return &bot.Refusal{Code: bot.CallNotReady, Message: err.Error()}
		}
		return nil
	})
	doctor := c.answerRing(a)
	c.until("both are there", a, func(s bot.State) bool { return s.Call.Inside[bot.Patient] && s.Call.Inside[bot.Doctor] })
	require.Equal(t, bot.Consulting, c.state(a).Phase)
	require.Equal(t, vera.Login, c.state(a).Doctor)
	c.press(vera, a.Conversation, "over", bot.DoHangUp, bot.Args{})
	c.until("the room is gone", a, func(bot.State) bool { return len(c.server.Rooms()) == 0 })
	require.False(t, patient.Inside() || doctor.Inside())
	require.LessOrEqual(t, c.most.Load(), int64(1), "one room for one visit")
}
