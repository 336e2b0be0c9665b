package engine_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/bot/rooms"
)

// TestTheSweepSparesTheRoomOfAnOffer however long it rings.
func TestTheSweepSparesTheRoomOfAnOffer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &town{here: map[string]bool{vera.Login: true}}
		h := newHouse(t, func(o *engine.Options) { o.Present = p.present })
		source := strings.Replace(shortFlow, "- hand_over: gp", "- video: gp", 1)
		h.lib.p.Store(compile(t, strings.Replace(source, "reply_within: 4m}", "reply_within: 4m, answer_within: 30m}", 1)))
		var spared []bot.Room
		h.rooms.sweep = func(ctx context.Context, open func(context.Context) ([]bot.Room, error)) (rooms.Swept, error) {
			var err error
			spared, err = open(ctx)
			return rooms.Swept{}, err
		}
		stop := h.run()
		defer stop()
		a := h.waiting("anna")
		time.Sleep(11 * time.Minute)
		synctest.Wait()
		offer := h.state(a).Offer
		require.NotNil(t, offer)
		require.Equal(t, []bot.Room{offer.Room()}, spared)
	})
}

// TestABusyDoctorIsRungInAnEmergency as long as anybody would be, and then the next.
func TestABusyDoctorIsRungInAnEmergency(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, _ := newTown(t, vera, igor)
		h.lib.p.Store(compile(t, strings.Replace(shortFlow, `emergency: {phone: "103"}`, `emergency: {phone: "103", words: {en: [chest pain]}, offer_to: gp}`, 1)+`
  emergency:
    - say: {en: "Call {emergency.phone} now."}
      buttons:
        - {call: "{emergency.phone}", text: {en: "Call {emergency.phone}"}}
    - choose: {en: "We are calling a doctor."}
      options:
        - {id: mistake, goto: resume, text: {en: "Not an emergency"}}
`))
		defer h.run()()
		for _, d := range []bot.Actor{vera, igor} {
			_, err := h.e.SetDuty(t.Context(), d, bot.DutyBusy)
			require.NoError(t, err)
		}
		time.Sleep(31 * time.Second)
		a := h.waiting("anna")
		synctest.Wait()
		require.Empty(t, h.rung(a))
		h.do(a, a.Conversation, bot.DoSend, bot.Args{Text: "chest pain"})
		synctest.Wait()
		require.Equal(t, vera.Login, h.rung(a), "at once")
		time.Sleep(61 * time.Second)
		synctest.Wait()
		require.Equal(t, igor.Login, h.rung(a))
		require.Equal(t, 2, count(h.kinds(a.Conversation), bot.OfferMade))
	})
}
