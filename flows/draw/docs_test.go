package draw_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/flows"
	"bedside/flows/draw"
)

// The drawings that docs/flows.md shows are those of today's examples.
func TestTheDrawingsOfTheDocsAreCurrent(t *testing.T) {
	folders, err := filepath.Glob("../examples/*")
	require.NoError(t, err)
	require.NotEmpty(t, folders)
	for _, folder := range folders {
		data, err := os.ReadFile(filepath.Join(folder, "flow.yaml"))
		require.NoError(t, err)
		want, err := draw.SVG(flows.OutlineOf([]flows.File{{Path: "flow.yaml", Data: data}}), draw.Options{})
		require.NoError(t, err)
		picture := filepath.Join("../../docs/pictures", "flow-"+filepath.Base(folder)+".svg")
		if os.Getenv("UPDATE") != "" {
			require.NoError(t, os.WriteFile(picture, want, 0o644))
			continue
		}
		have, err := os.ReadFile(picture)
		require.NoError(t, err)
		require.Equal(t, string(want), string(have), "run make gen")
	}
}
