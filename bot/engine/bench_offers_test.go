package engine_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/engine"
)

// BenchmarkOfferAmong is a patient who is offered to the least busy of n doctors, taken
// by them, and given back: what the choice costs, on a store that costs nothing.
func BenchmarkOfferAmong(b *testing.B) {
	for _, n := range []int{10, 100, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			staff := map[string]bot.Actor{}
			for i := range n {
				a := bot.Actor{Role: bot.Doctor, Login: fmt.Sprintf("doctor_%04d", i), Name: "Doctor", Departments: []string{"gp"}}
				staff[a.Login] = a
			}
			h := newHouse(b, func(o *engine.Options) {
				o.Log, o.Effects, o.Present = nil, false, func(string) bool { return true }
				o.Staff = func(context.Context) map[string]bot.Actor { return staff }
			})
			a := h.waiting("anna")
			for b.Loop() {
				_, err := h.e.System(b.Context(), a.Conversation, bot.DoOffer)
				require.NoError(b, err)
				d := staff[h.state(a).Offer.Doctor]
				h.do(d, a.Conversation, bot.DoClaim, bot.Args{})
				h.do(d, a.Conversation, bot.DoClose, bot.Args{})
				h.do(a, a.Conversation, bot.DoSend, bot.Args{Text: "still here"})
			}
		})
	}
}
