package language_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/flows/language"
)

const page = "../../docs/flows-reference.md"

func TestTheReferenceIsCurrent(t *testing.T) {
	want := language.Reference()
	if os.Getenv("UPDATE") != "" {
		require.NoError(t, os.WriteFile(page, want, 0o644))
		return
	}
	have, err := os.ReadFile(page)
	require.NoError(t, err)
	require.Equal(t, string(want), string(have), "run make gen")
}
