package bot

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// The tables of the design, arrow by arrow: what is not here is refused.
func TestTheMachinesHaveTheseArrowsAndNoOthers(t *testing.T) {
	phases := []string{"intake", "waiting", "consulting", "parked", "closed"}
	conversation := map[string]map[string]string{
		"hand_over": {"intake": "waiting", "waiting": "waiting", "parked": "waiting"},
		"end":       {"intake": "closed", "waiting": "closed", "parked": "closed"},
		"park":      {"intake": "parked", "waiting": "parked", "parked": "parked"},
		"assign":    {"intake": "consulting", "waiting": "consulting", "parked": "consulting"},
		"write":     {"parked": "waiting"},
		"lapse":     {"parked": "waiting"},
		"settle":    {"parked": "closed"},
		"release":   {"consulting": "waiting"},
		"finish":    {"consulting": "intake"},
		"close":     {"intake": "closed", "waiting": "closed", "consulting": "closed", "parked": "closed"},
		"resume":    {"closed": "intake"},
		"reopen":    {"closed": "waiting"},
		"take_up":   {"closed": "consulting"},
	}
	requireTable(t, newMachine(conversationTable()), phases, conversation)

	calls := []string{"requested", "ready", "joined", "interrupted", "failed", "ended", "withdrawn"}
	call := map[string]map[string]string{
		"made":     {"requested": "ready", "interrupted": "ready"},
		"fail":     {"requested": "failed", "interrupted": "failed"},
		"withdraw": {"requested": "withdrawn"},
		"enter":    {"ready": "joined"},
		"empty":    {"joined": "ready"},
		"break":    {"ready": "interrupted", "joined": "interrupted"},
		"renew":    {"ready": "requested", "joined": "requested", "interrupted": "requested"},
		"retry":    {"failed": "requested"},
		"end":      {"ready": "ended", "joined": "ended", "interrupted": "ended", "failed": "ended"},
	}
	requireTable(t, newMachine(callTable()), calls, call)

	bookings := []string{"", "proposed", "booked", "due", "kept", "missed", "cancelled", "withdrawn"}
	booking := map[string]map[string]string{
		"propose":   {"": "proposed"},
		"book":      {"": "booked", "proposed": "booked"},
		"take_back": {"proposed": "withdrawn"},
		"move":      {"booked": "booked", "due": "booked"},
		"reassign":  {"booked": "booked"},
		"come_due":  {"booked": "due"},
		"keep":      {"due": "kept"},
		"miss":      {"due": "missed"},
		"cancel":    {"booked": "cancelled", "due": "cancelled"},
	}
	requireTable(t, newMachine(bookingTable()), bookings, booking)
}

func requireTable(t *testing.T, m *machine, states []string, want map[string]map[string]string) {
	t.Helper()
	for event, arrows := range want {
		for _, from := range states {
			to, err := m.next(from, Event(event))
			if arrows[from] == "" {
				require.ErrorIs(t, err, errNoWay, "%s by %s", from, event)
				continue
			}
			require.NoError(t, err, "%s by %s", from, event)
			require.Equal(t, arrows[from], to, "%s by %s", from, event)
		}
	}
	_, err := m.next(states[0], "fly")
	require.ErrorIs(t, err, errNoWay)
}

func TestEveryKindIsFoldedAndShownOrKeptForTheSystem(t *testing.T) {
	for kind := range folds {
		if _, shown := views[kind]; !shown {
			require.Contains(t, []Kind{CallRemoved, FlowMoved, NoticeTried, NoticeNotMore}, kind, "only these are nobody's to see")
		}
	}
	for kind := range views {
		require.Contains(t, folds, kind)
	}
}

func TestEveryDeedIsInTheRights(t *testing.T) {
	granted := map[Do]bool{}
	for _, rules := range rights {
		for do := range rules {
			granted[do] = true
		}
	}
	for do := range deeds {
		require.True(t, granted[do], "nobody may %s", do)
	}
}
