package flows_test

import (
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/flows"
)

// Every place of a flow is listed with the ways that tests are to take, in the
// order of the file.
func TestGroundListsPlacesAndWays(t *testing.T) {
	data, err := os.ReadFile("testdata/visit.yaml")
	require.NoError(t, err)
	p, problems := flows.Compile([]flows.File{{Path: "visit.yaml", Data: data}})
	require.NotNil(t, p, "%v", problems)
	ways := map[string][]string{}
	line := 0
	for _, g := range p.Ground() {
		require.Equal(t, "visit.yaml", g.File)
		require.Greater(t, g.Line, line)
		line = g.Line
		ways[g.At.String()+" "+g.Verb] = g.Ways
	}
	require.Len(t, ways, 13)
	require.Equal(t, []string{"number"}, ways["hello/2 ask"])
	require.Equal(t, []string{"skip"}, ways["questions/5 ask"])
	require.Equal(t, []string{"if", "if not"}, ways["questions/6 say"])
	require.Equal(t, []string{"wait"}, ways["questions/7 hand_over"])
	require.Equal(t, []string{"doctor", "thanks"}, ways["numbers/1 choose"])

	var trod []string
	facts := flows.Facts{Now: time.Date(2027, 2, 15, 9, 0, 0, 0, time.UTC), Trace: func(at flows.Place, way string) { trod = append(trod, at.String()+" "+way) }}
	turn, err := p.Begin("", flows.Memory{Language: "en"}, facts)
	require.NoError(t, err)
	facts.Trace = nil
	quiet, err := p.Begin("", flows.Memory{Language: "en"}, facts)
	require.NoError(t, err)
	require.Equal(t, quiet, turn, "listening changes nothing")
	require.Subset(t, trod, []string{"hello/1 ", "hello/2 if"})
}
