package near_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/flows/internal/near"
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

func TestLongWordsAreSettledFast(t *testing.T) {
	require.Empty(t, near.Name(strings.Repeat("x", 1<<16), []string{"short", "names"}))
}
