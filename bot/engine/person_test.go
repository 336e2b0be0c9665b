package engine_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bedside/bot"
	"bedside/bot/engine"
)

// Unsigned never merges with signed, nor one signed person with another: whatever
// is begun, by whom, with which ticket, and whatever it says it follows.
func TestUnsignedNeverMerges(t *testing.T) {
	h := newHouse(t)
	round := 0
	rapid.Check(t, func(r *rapid.T) {
		round++
		subjects := map[string]string{} // of each conversation
		var ids []string
		for range rapid.IntRange(1, 12).Draw(r, "starts") {
			subject := rapid.SampledFrom([]string{"", "", "anna", "boris"}).Draw(r, "subject")
			ticket := ticketOf(fmt.Sprintf("%d-%d", round, rapid.IntRange(0, 5).Draw(r, "ticket")))
			previous := ""
			if len(ids) > 0 && rapid.Bool().Draw(r, "follows") {
				previous = rapid.SampledFrom(ids).Draw(r, "previous")
			}
			if subject != "" {
				subject += fmt.Sprint(round)
			}
			started, err := h.e.Start(t.Context(), engine.StartRequest{Key: "k", Ticket: ticket, Subject: subject, Previous: previous})
			id := bot.ConversationID(ticket)
			owner, begun := subjects[id]
			if begun && owner != subject {
				require.True(r, errors.Is(err, &bot.Refusal{Code: bot.Unauthorized}), "another person's ticket: %v", err)
				continue
			}
			require.NoError(r, err)
			require.Equal(r, id, started.Conversation)
			if !begun {
				subjects[id] = subject
				ids = append(ids, id)
			}
		}
		apart(r, h, subjects)
	})
}

// apart checks that no link and no list holds conversations of two people.
func apart(r *rapid.T, h *house, subjects map[string]string) {
	ctx := r.Context()
	of := map[string][]string{}
	for id, subject := range subjects {
		s, err := h.e.State(ctx, bot.Actor{Role: bot.Patient, Conversation: id}, id)
		require.NoError(r, err)
		require.Equal(r, subject == "", s.Person == "")
		if s.Previous != "" {
			require.Equal(r, subject, subjects[s.Previous], "a link across the border")
		}
		text := journalText(h, id)
		if subject != "" {
			require.NotContains(r, text, subject, "a subject stands in no journal")
			of[bot.ListPerson(s.Person)] = append(of[bot.ListPerson(s.Person)], id)
		}
	}
	for list, want := range of {
		heads, _, err := h.store.List(ctx, list, "", 100)
		require.NoError(r, err)
		var have []string
		for _, head := range heads {
			have = append(have, head.ID)
		}
		require.ElementsMatch(r, want, have)
	}
}

// What is vouched for is the person's, whatever is typed afterwards.
func TestWhatIsVouchedForStays(t *testing.T) {
	h := newHouse(t)
	name := strings.Repeat("x", 5000) // the slot takes no such name, so it is asked
	started, err := h.e.Start(t.Context(), engine.StartRequest{
		Key: "k", Ticket: ticketOf("anna"), Subject: "anna", Patient: map[string]string{"name": name, "born": "1958-03-07"},
	})
	require.NoError(t, err)
	a := bot.Actor{Role: bot.Patient, Conversation: started.Conversation}
	h.do(a, a.Conversation, bot.DoSend, bot.Args{Text: "Boris"})
	s, err := h.e.State(t.Context(), a, a.Conversation)
	require.NoError(t, err)
	require.Equal(t, name, s.Patient["name"])
	require.Equal(t, "1958-03-07", bot.SummaryOf(s).Born)
	require.True(t, bot.SummaryOf(s).Signed)
}
