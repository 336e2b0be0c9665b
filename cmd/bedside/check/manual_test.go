package check

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const manual = "../../../docs/check.md"

// The manual in docs is made of the checks, and has no hole.
func TestTheManualIsCurrent(t *testing.T) {
	var b strings.Builder
	Manual(&b)
	if os.Getenv("UPDATE") != "" {
		require.NoError(t, os.WriteFile(manual, []byte(b.String()), 0o644))
	}
	have, err := os.ReadFile(manual)
	require.NoError(t, err)
	require.Equal(t, string(have), b.String(), "run go generate ./cmd/bedside/check")
	for _, k := range All() {
		require.Contains(t, b.String(), "## "+k.Title["en"]+"\n\n`"+k.ID+"` · every ")
		require.NotEmpty(t, k.Means, k.ID)
	}
}
