package engine_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/bot/rooms"
)

func found(t *testing.T, h *house, a bot.Actor, words string) (names []string) {
	t.Helper()
	rows, _, err := h.e.Find(t.Context(), a, engine.FindRequest{Words: words})
	require.NoError(t, err)
	for _, row := range rows {
		require.True(t, a.Role == bot.Admin || readable(t, h, a, row.ID), "%s finds %s and may not read it", a.Login, row.Patient)
		names = append(names, row.Patient)
	}
	return names
}

// named brings somebody into the queue who is called so.
func (h *house) named(name string) bot.Actor {
	h.t.Helper()
	a := h.start(name)
	h.do(a, a.Conversation, bot.DoSend, bot.Args{Text: name})
	return a
}

func readable(t *testing.T, h *house, a bot.Actor, id string) bool {
	_, err := h.e.State(t.Context(), a, id)
	return err == nil
}

// A doctor finds what is theirs, open and closed, and learns no other name.
func TestFindingIsForThoseWhoMayList(t *testing.T) {
	h := newHouse(t)
	admin := bot.Actor{Role: bot.Admin, Login: "admin"}
	h.named("Anna Waits")
	his := h.named("Anna Consults")
	h.do(igor, his.Conversation, bot.DoClaim, bot.Args{})
	require.Equal(t, []string{"Anna Waits"}, found(t, h, vera, "anna"))
	require.ElementsMatch(t, []string{"Anna Waits", "Anna Consults"}, found(t, h, igor, "ANNA"))
	require.Empty(t, found(t, h, mona, "anna"), "another department")
	require.Len(t, found(t, h, admin, "an"), 2)

	h.do(igor, his.Conversation, bot.DoTransfer, bot.Args{To: "kids"})
	require.Equal(t, []string{"Anna Consults"}, found(t, h, mona, "consul anna"))
	require.Contains(t, found(t, h, igor, "anna"), "Anna Consults", "who has had it finds it wherever it is")
	h.do(mona, his.Conversation, bot.DoClaim, bot.Args{})
	h.do(mona, his.Conversation, bot.DoClose, bot.Args{})
	require.Equal(t, []string{"Anna Consults"}, found(t, h, mona, "anna"), "closed ones too")
	require.NotContains(t, found(t, h, vera, "anna"), "Anna Consults")
	require.Equal(t, []string{"Anna Waits"}, found(t, h, admin, "anna"), "an admin finds what is open")

	for _, a := range []bot.Actor{{Role: bot.Auditor, Login: "a"}, {Role: bot.Patient, Conversation: his.Conversation}, {}} {
		_, _, err := h.e.Find(t.Context(), a, engine.FindRequest{Words: "anna"})
		requireCode(t, bot.Forbidden, err)
	}
}

func TestFindingGivesSoManyAndSaysThatThereAreMore(t *testing.T) {
	h := newHouse(t)
	for i := range 5 {
		h.named(fmt.Sprint("Anna ", i))
	}
	for limit, more := range map[int]bool{4: true, 5: false, 0: false} {
		rows, got, err := h.e.Find(t.Context(), vera, engine.FindRequest{Words: "anna", Limit: limit})
		require.NoError(t, err)
		require.Equal(t, more, got, limit)
		require.Len(t, rows, map[int]int{4: 4, 5: 5, 0: 5}[limit])
	}
}

func TestUntilWhenAnAnswerIsOwed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		mine := h.consulting("anna", vera)
		row := func() engine.HeadRow {
			rows, _, err := h.e.Heads(t.Context(), vera, bot.ListDoctor(vera.Login), "", 1)
			require.NoError(t, err)
			return rows[0]
		}
		h.do(vera, mine.Conversation, bot.DoSend, bot.Args{Text: "Good day"})
		require.Zero(t, row().ReplyBy)
		asked := time.Now()
		h.do(mine, mine.Conversation, bot.DoSend, bot.Args{Text: "It hurts"})
		require.Equal(t, 4*time.Minute, row().ReplyBy.Sub(asked), "the department's reply_within")
		h.do(vera, mine.Conversation, bot.DoNothing, bot.Args{})
		require.Zero(t, row().ReplyBy)
	})
}

func TestADoctorsAppIsAskedForSparingly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		ask := func() engine.AppState { return h.e.DoctorApp(t.Context(), vera) }
		for range 20 {
			require.Equal(t, rooms.AppOnline, ask())
			time.Sleep(time.Second)
		}
		require.Equal(t, 1, h.rooms.count("app"))
		require.Equal(t, rooms.AppOnline, ask())
		require.Equal(t, 2, h.rooms.count("app"))
		require.Equal(t, rooms.AppUnknown, h.e.DoctorApp(t.Context(), igor), "who has no TrueConf ID")
		require.Equal(t, 2, h.rooms.count("app"))
	})
}
