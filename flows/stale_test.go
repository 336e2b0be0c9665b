package flows_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/flows"
)

// TestHolidaysThatEnd holds from which day on next year's list is missed, by
// the clinic's own calendar.
func TestHolidaysThatEnd(t *testing.T) {
	p, problems := flows.Compile(referenceFiles(t))
	require.NotNil(t, p, "%v", problems)
	for day, want := range map[string]string{
		"2027-11-01 12:00": "",
		"2027-11-02 12:00": "the holidays `russia` end on 2027-12-31",
		"2027-12-31 23:00": "the holidays `russia` end on 2027-12-31",
		"2028-01-01 00:30": "the holidays `russia` ended on 2027-12-31",
	} {
		found := flows.Stale(p, moscow(t, day).In(time.UTC))
		if want == "" {
			require.Empty(t, found, day)
			continue
		}
		require.Len(t, found, 1, day)
		require.Equal(t, want, found[0].What, day)
		require.True(t, found[0].Warning)
		require.Equal(t, "holidays-end", found[0].Code)
		require.Equal(t, 48, found[0].Line, "where the last day stands")
	}
}

// TestTheReferenceRaisesNoFalseAlarm holds that the complete clinic of the
// language has not even a warning.
func TestTheReferenceRaisesNoFalseAlarm(t *testing.T) {
	_, problems := flows.Compile(referenceFiles(t))
	require.Empty(t, problems)
}
