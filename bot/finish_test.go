package bot_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
)

// A follow-up is about some day to come, and one that can be written down: the last
// moment of the year 9999 at a clock far west is in a year that RFC 3339 has not.
func TestAFollowUpIsAtATimeThatThereIs(t *testing.T) {
	ends, err := time.Parse(time.RFC3339, "9999-12-31T23:59:59-23:59")
	require.NoError(t, err)
	for _, at := range []time.Time{
		{}, time.Unix(0, 0), ends, time.Date(-1, 1, 1, 0, 0, 0, 0, time.UTC),
	} {
		c := consulted(t)
		next := bot.Next{Kind: bot.NextFollowUp, At: at}
		c.refused(bot.Invalid, "c_1", vera, bot.DoFinish, bot.Args{Next: &next})
	}
	c := consulted(t)
	c.do("c_1", vera, bot.DoFinish, bot.Args{Next: &bot.Next{Kind: bot.NextFollowUp, At: c.now.AddDate(1, 0, 0)}})
}
