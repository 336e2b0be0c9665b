package engine_test

import (
	"bytes"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/store/storetest"
	"bedside/trueconf/standin"
)

// luck gives a test a clinic with a conversation in consulting.
func luck(t *testing.T, test func(t *testing.T, c *clinic, a bot.Actor)) {
	synctest.Test(t, func(t *testing.T) {
		c := newClinic(t, -1, storetest.LoseCommit)
		defer c.close()
		test(t, c, c.consulting("anna", vera))
	})
}

func (c *clinic) trouble(all ...standin.Trouble) {
	c.server.SetSwitches(func(w *standin.Switches) { w.Troubles = all })
}

func ready(s bot.State) bool  { return s.Call.Open() && s.Call.State == bot.CallStands }
func tidied(s bot.State) bool { return len(s.Rooms) == 0 }

// TestBadLuckWithACreation: whatever befalls it, the call becomes ready by
// itself with one room, and nothing is left when it is over.
func TestBadLuckWithACreation(t *testing.T) {
	create := standin.EndpointCreate
	for name, troubles := range map[string][]standin.Trouble{
		"hangs 15 s":              {{Kind: standin.TroubleHang, On: create, For: 15 * time.Second, Times: 1}},
		"answers after 25 s":      {{Kind: standin.TroubleLate, On: create, For: 25 * time.Second, Times: 1}},
		"works after we gave up":  {{Kind: standin.TroubleHang, On: create, For: 25 * time.Second, Times: 1}},
		"its answer is lost":      {{Kind: standin.TroubleLost, On: create, Times: 1}},
		"its answer is broken":    {{Kind: standin.TroubleTruncated, On: create, Times: 1}},
		"its answer is empty":     {{Kind: standin.TroubleEmpty, On: create, Times: 1}},
		"the line is cut, thrice": {{Kind: standin.TroubleCut, On: create, Times: 3}},
		"HTML":                    {{Kind: standin.TroubleHTML, On: create, Times: 2}},
		"500":                     {{Kind: standin.Trouble500, On: create, Times: 2}},
		"200 with an error":       {{Kind: standin.TroubleOKError, On: create, Times: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			luck(t, func(t *testing.T, c *clinic, a bot.Actor) {
				c.trouble(troubles...)
				c.escalate(a, vera, bot.ByPage)
				c.until("ready", a, ready)
				time.Sleep(time.Minute)
				require.Len(t, c.server.Rooms(), 1)
				c.enter(a, a.Conversation).Leave()
				c.press(vera, a.Conversation, "bye", bot.DoHangUp, bot.Args{})
				c.until("removed", a, tidied)
				require.Empty(t, c.server.Rooms())
				require.EqualValues(t, 1, c.most.Load())
			})
		})
	}
}

func TestHangUpBeforeTheCreationAnswers(t *testing.T) {
	for _, kind := range []standin.TroubleKind{standin.TroubleHang, standin.TroubleLate} {
		t.Run(string(kind), func(t *testing.T) {
			luck(t, func(t *testing.T, c *clinic, a bot.Actor) {
				c.trouble(standin.Trouble{Kind: kind, On: standin.EndpointCreate, For: 10 * time.Second, Times: 1})
				c.escalate(a, vera, bot.ByPage)
				time.Sleep(2 * time.Second)
				c.press(vera, a.Conversation, "bye", bot.DoHangUp, bot.Args{})
				c.until("removed", a, tidied)
				time.Sleep(time.Minute)
				synctest.Wait()
				require.Empty(t, c.server.Rooms())
			})
		})
	}
}

func TestAnAdministratorInTheMiddleOfTheCall(t *testing.T) {
	for name, act := range map[string]func(*standin.Server, string) bool{
		"stops the room":   (*standin.Server).StopRoom,
		"deletes the room": (*standin.Server).DeleteRoom,
		"restarts TrueConf": func(s *standin.Server, _ string) bool {
			s.Restart()
			return true
		},
	} {
		t.Run(name, func(t *testing.T) {
			luck(t, func(t *testing.T, c *clinic, a bot.Actor) {
				c.escalate(a, vera, bot.ByPage)
				c.until("ready", a, ready)
				c.enter(a, a.Conversation)
				c.enter(vera, a.Conversation)
				both := func(s bot.State) bool { return s.Call.Inside[bot.Patient] && s.Call.Inside[bot.Doctor] }
				c.until("joined", a, both)
				require.True(t, act(c.server, c.server.Rooms()[0].ID))
				one := c.enter(a, a.Conversation) // pressed at once
				two := c.enter(vera, a.Conversation)
				time.Sleep(time.Minute)
				synctest.Wait()
				require.True(t, one.Inside())
				require.True(t, two.Inside())
				require.True(t, both(c.state(a)))
				require.Len(t, c.server.Rooms(), 1)
				c.press(vera, a.Conversation, "bye", bot.DoHangUp, bot.Args{})
				c.until("removed", a, tidied)
				require.Empty(t, c.server.Rooms())
			})
		})
	}
}

func TestAListThatFailsOnce(t *testing.T) {
	for _, kind := range []standin.TroubleKind{standin.TroubleNobody, standin.Trouble500, standin.TroubleHTML, standin.TroubleEmpty, standin.TroubleShort} {
		t.Run(string(kind), func(t *testing.T) {
			luck(t, func(t *testing.T, c *clinic, a bot.Actor) {
				c.escalate(a, vera, bot.ByPage)
				c.until("ready", a, ready)
				c.enter(a, a.Conversation)
				c.until("joined", a, func(s bot.State) bool { return s.Call.Inside[bot.Patient] })
				before := len(c.journal(a.Conversation))
				c.trouble(standin.Trouble{Kind: kind, On: standin.EndpointParticipants, Times: 1})
				time.Sleep(30 * time.Second)
				synctest.Wait()
				require.Len(t, c.journal(a.Conversation), before)
			})
		})
	}
}

// TestAGhostHoldsThePlace: the tab is killed in the call, and the server refuses
// its person while the dead connection lives.
func TestAGhostHoldsThePlace(t *testing.T) {
	for name, lives := range map[string]time.Duration{"for a moment": 15 * time.Second, "for good": time.Hour} {
		t.Run(name, func(t *testing.T) {
			luck(t, func(t *testing.T, c *clinic, a bot.Actor) {
				c.server.SetSwitches(func(w *standin.Switches) { w.SecondJoin, w.Ghost = standin.SecondRefused, lives })
				c.escalate(a, vera, bot.ByPage)
				c.until("ready", a, ready)
				c.enter(a, a.Conversation).Vanish()
				c.enter(vera, a.Conversation)
				begin, refused := time.Now(), false
				for {
					require.Less(t, time.Since(begin), 50*time.Second, "nobody waits longer")
					answer, err := c.e.Join(t.Context(), a, engine.JoinRequest{Call: c.state(a).Call.ID, Failed: refused})
					if err == nil {
						if _, err = c.server.Enter(answer.WebURL); err == nil {
							break
						}
						refused = true
					}
					time.Sleep(time.Second)
				}
				if lives > time.Minute {
					require.Equal(t, 2, c.state(a).Call.Attempt)
				} else {
					require.Equal(t, 1, c.state(a).Call.Attempt)
				}
			})
		})
	}
}

// TestSecretsStayInTheHouse: no link, key, ticket or room id is in any entry,
// head, record or log line.
func TestSecretsStayInTheHouse(t *testing.T) {
	luck(t, func(t *testing.T, c *clinic, a bot.Actor) {
		c.escalate(a, vera, bot.ByPage)
		c.until("ready", a, ready)
		call := c.state(a).Call.ID
		answer, err := c.e.Join(t.Context(), a, engine.JoinRequest{Call: call})
		require.NoError(t, err)
		room := c.server.Rooms()[0].ID
		c.trouble(standin.Trouble{Kind: standin.Trouble500})
		_, err = c.e.Join(t.Context(), a, engine.JoinRequest{Call: call})
		require.Error(t, err)
		c.press(vera, a.Conversation, "bye", bot.DoHangUp, bot.Args{})
		time.Sleep(time.Minute)
		synctest.Wait()

		var backup bytes.Buffer
		require.NoError(t, c.disk.Backup(t.Context(), &backup))
		for _, secret := range []string{answer.WebURL, room, c.e.VisitKey(call), ticketOf("anna")} {
			require.NotContains(t, c.log.String(), secret)
			require.NotContains(t, backup.String(), secret)
			require.NotContains(t, err.Error(), secret)
		}
	})
}
