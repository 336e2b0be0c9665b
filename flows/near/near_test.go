package near_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/flows/near"
)

func TestName(t *testing.T) {
	names := []string{"triage", "goodbye", "route", "name", "имя"}
	for word, want := range map[string]string{
		"triaje":  "triage",
		"traige":  "triage",
		"goodby":  "goodbye",
		"rout":    "route",
		"nmae":    "name",
		"им":      "имя",
		"booking": "",
		"":        "",
	} {
		require.Equal(t, want, near.Name(word, names), word)
	}
	require.Equal(t, "did you mean `route`?", near.Hint("ruote", names))
	require.Empty(t, near.Hint("elsewhere", names))
}

// TestLookAlikes holds that a letter that cannot be told from another by its
// look is named.
func TestLookAlikes(t *testing.T) {
	names := []string{"name", "doctor"}
	require.Equal(t, "doctor", near.Name("dосtоr", names))
	require.Equal(t, "its `о` is a Cyrillic letter: write `doctor` with Latin letters alone", near.Hint("dоctor", names))
	require.Equal(t, "its `ο` is a Greek letter: write `doctor` with Latin letters alone", near.Hint("dοctor", names))
	require.True(t, near.Same("сору", "copy"))
	require.False(t, near.Same("copy", "cope"))
	require.Equal(t, "did you mean `dосtor`?", near.Hint("doctor", []string{"dосtor"}))
}

func TestLongWordsAreSettledFast(t *testing.T) {
	require.Empty(t, near.Name(strings.Repeat("x", 1<<16), []string{"short", "names"}))
}
