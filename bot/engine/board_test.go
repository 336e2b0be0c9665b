package engine_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/store"
)

// heads puts conversations of which a board reads the heads alone into the store.
func (h *house) heads(n int, name string, of func(i int) (bot.Summary, store.Term)) {
	h.t.Helper()
	for i := range n {
		s, term := of(i)
		body, err := json.Marshal(s)
		require.NoError(h.t, err)
		require.NoError(h.t, h.store.Commit(h.t.Context(), store.Batch{
			Head:    store.Head{ID: bot.ConversationID(ticketOf(fmt.Sprint(name, i))), Seq: 1, Lists: []store.Term{term}, Body: body},
			Entries: []store.Entry{{Seq: 1, Data: []byte(`{}`)}},
		}))
	}
}

func (h *house) board(departments ...string) engine.Board {
	h.t.Helper()
	b, err := h.e.Board(h.t.Context(), engine.BoardRequest{Departments: departments, Sites: []string{""}})
	require.NoError(h.t, err)
	return b
}

// A part of the board shows 200 rows and says how many more there are: a clinic that is
// overrun must not look like one that is merely busy.
func TestABoardSaysHowManyMoreThereAre(t *testing.T) {
	h := newHouse(t)
	now := time.Now().UTC()
	h.heads(203, "waits", func(i int) (bot.Summary, store.Term) {
		since := now.Add(time.Duration(i) * time.Second)
		return bot.Summary{Phase: bot.Waiting, Department: "gp", Since: since}, store.Term{List: bot.ListWaiting("gp"), Rank: int64(i)}
	})
	h.heads(205, "callback", func(i int) (bot.Summary, store.Term) {
		return bot.Summary{Phase: bot.Parked, CallBack: &bot.SummaryCallBack{By: now.Add(time.Hour), Department: "gp"}},
			store.Term{List: bot.ListCallbacks("gp"), Rank: int64(i)}
	})
	h.heads(201, "task", func(i int) (bot.Summary, store.Term) {
		return bot.Summary{Phase: bot.ClosedDown, Department: "gp", Tasks: []bot.SummaryTask{{Task: fmt.Sprint(i)}}},
			store.Term{List: bot.ListTasks, Rank: int64(i)}
	})
	h.heads(1, "kids", func(int) (bot.Summary, store.Term) {
		return bot.Summary{Phase: bot.ClosedDown, Department: "kids", Tasks: []bot.SummaryTask{{Task: "theirs"}}},
			store.Term{List: bot.ListTasks, Rank: 10_000}
	})

	b := h.board("gp", "kids")
	require.Len(t, b.Waits, 200)
	require.Len(t, b.Promises, 200)
	require.Len(t, b.Tasks, 200)
	require.Equal(t, engine.BoardMore{Waits: 3, Promises: 5, Tasks: 2}, b.More, "203 who wait have no moment in their heads here")
	require.Equal(t, 203, b.Departments[0].Waiting)

	theirs := h.board("kids")
	require.Len(t, theirs.Tasks, 1, "what is to be done stands behind 201 tasks of others")
	require.Zero(t, theirs.More)
}

// Beyond the depth to which lists are read, what is left is counted and not read.
func TestABoardOfAClinicThatIsOverrunIsStillCounted(t *testing.T) {
	h := newHouse(t)
	h.heads(2100, "waits", func(i int) (bot.Summary, store.Term) {
		return bot.Summary{Phase: bot.Waiting, Department: "gp"}, store.Term{List: bot.ListWaiting("gp"), Rank: int64(i)}
	})
	b := h.board("gp")
	require.Len(t, b.Waits, 200)
	require.Equal(t, 1900, b.More.Waits)
	require.Equal(t, 2100, b.Departments[0].Waiting)
}
