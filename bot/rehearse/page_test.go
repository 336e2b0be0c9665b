package rehearse_test

import (
	"os"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/bot/rehearse"
	"bedside/flows"
	"bedside/flows/cases"
)

// The flow with which docs/flows.md begins is whole and sound, and the
// conversation that the page shows holds with it.
func TestTheFlowOfThePageHolds(t *testing.T) {
	page, err := os.ReadFile("../../docs/flows.md")
	require.NoError(t, err)
	flow := regexp.MustCompile("(?s)```yaml flow\n(.*?)```").FindSubmatch(page)
	require.NotNil(t, flow)
	p, problems := flows.Compile([]flows.File{{Path: "flow.yaml", Data: flow[1]}})
	require.Empty(t, problems)
	test := regexp.MustCompile("(?s)```\n(bedside: 1\nof:.*?)```").FindSubmatch(page)
	require.NotNil(t, test)
	s, problems := cases.Read(flows.File{Path: "flow.test.yaml", Data: test[1]})
	require.Empty(t, problems)
	r := rehearse.Run(p, []cases.Suite{s})
	require.True(t, r.Passed(), "%s", inWords(r))
}
