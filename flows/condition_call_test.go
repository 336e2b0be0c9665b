package flows_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/flows"
)

// holds says whether a condition holds after the slots have been filled.
func holds(t *testing.T, condition string, slots map[string]flows.Value, facts flows.Facts) bool {
	t.Helper()
	var asks string
	for id := range slots {
		asks += "    - ask: " + id + "\n"
	}
	p := compiled(t, clinic+"  hello:\n"+asks+"    - goto: held\n      if: '"+condition+"'\n    - goto: bye\n  held: [{end: {en: held 112}}]\n")
	turn, err := p.Begin("", flows.Memory{Slots: slots}, facts)
	require.NoError(t, err)
	return turn.At.Part == "held"
}

func TestTheFunctionsOfConditions(t *testing.T) {
	at := func(s string) flows.Facts { return flows.Facts{Now: moscow(t, s)} }
	born := func(s string) map[string]flows.Value { return map[string]flows.Value{"born": flows.TextValue(s)} }
	for condition, want := range map[string]bool{
		`known(born) and age(born) < 18`:                     true,
		`known(born) and age(born) >= 17`:                    true,
		`known(born) and 16 < age(born) and age(born) != 18`: true,
		`known(born) and not (age(born) == 17)`:              false,
		`open("gp") and on_duty("gp")`:                       true,
		`known(born) and age(born) >= 18 or not open("gp")`:  false,
		`known(born) and (age(born) >= 18 or on_duty("gp"))`: true,
	} {
		require.Equal(t, want, holds(t, condition, born("2009-02-16"), at("2027-02-15 10:00")), condition)
	}
	for day, want := range map[string]bool{"2027-02-15 23:59": false, "2027-02-16 00:00": true} {
		require.Equal(t, want, holds(t, `known(born) and age(born) >= 18`, born("2009-02-16"), at(day)), "a birthday begins at midnight in the clinic")
	}
	leap := map[string]bool{"2027-02-28 12:00": false, "2027-03-01 12:00": true}
	for day, want := range leap {
		require.Equal(t, want, holds(t, `known(born) and age(born) >= 3`, born("2024-02-29"), at(day)), day)
	}
	require.True(t, holds(t, `known(born) and age(born) == 0`, born("2027-02-15"), at("2027-02-15 12:00")))

	ills := map[string]flows.Value{"ills": flows.ListValue("fever", "speech")}
	require.True(t, holds(t, `has(ills, "speech") and not has(ills, "cough")`, ills, at("2027-02-15 12:00")))
	require.True(t, holds(t, `known(photos)`, map[string]flows.Value{"photos": flows.ListValue("f1")}, at("2027-02-15 12:00")))
	require.False(t, holds(t, `known(photos)`, map[string]flows.Value{"photos": {}}, at("2027-02-15 12:00")))
}

// TestConditionsKnowHowTheClinicIsNow: hours are those of today's facts, and
// who is on duty is what the caller says.
func TestConditionsKnowHowTheClinicIsNow(t *testing.T) {
	pinned := compiled(t, clinic+"  hello:\n    - goto: held\n      if: open(\"gp\") and on_duty(\"gp\")\n    - goto: bye\n  held: [{end: {en: held 112}}]\n")
	live := referenceFacts(t)
	for _, c := range []struct {
		at     string
		onDuty bool
		want   string
	}{
		{"2027-02-15 10:00", true, "held"}, {"2027-02-15 10:00", false, "bye"}, {"2027-02-15 12:30", true, "bye"}, {"2027-01-04 10:00", true, "bye"},
	} {
		turn, err := pinned.Begin("", flows.Memory{}, flows.Facts{Now: moscow(t, c.at), Live: live, OnDuty: func(department string) bool {
			require.Equal(t, "gp", department)
			return c.onDuty
		}})
		require.NoError(t, err)
		require.Equal(t, c.want, turn.At.Part, "%+v", c)
	}
	turn, err := pinned.Begin("", flows.Memory{}, flows.Facts{Now: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)})
	require.NoError(t, err)
	require.Equal(t, "held", turn.At.Part, "where nobody says who is there, somebody is")
}
