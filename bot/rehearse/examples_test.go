package rehearse_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/bot/rehearse"
	"bedside/flows/cases"
)

// The flows from which clinics start hold, and no step or way of them is left
// untried.
func TestEveryWayOfEveryExampleIsTaken(t *testing.T) {
	folders, err := filepath.Glob("../../flows/examples/*")
	require.NoError(t, err)
	require.NotEmpty(t, folders)
	for _, folder := range folders {
		t.Run(filepath.Base(folder), func(t *testing.T) {
			var suites []cases.Suite
			tests, err := filepath.Glob(filepath.Join(folder, "*.test.yaml"))
			require.NoError(t, err)
			for _, path := range tests {
				suites = append(suites, suite(t, path))
			}
			require.NotEmpty(t, suites)
			r := rehearse.Run(programOf(t, folder), suites)
			require.True(t, r.Passed(), "%s", inWords(r))
			require.Empty(t, r.Coverage.Missed)
			require.Equal(t, r.Coverage.Places, r.Coverage.Reached)
			require.Equal(t, r.Coverage.Ways, r.Coverage.Taken)
		})
	}
}
