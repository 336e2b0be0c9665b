package main

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestGeneratedFilesAreCurrent(t *testing.T) {
	d, err := readDocs("..")
	require.NoError(t, err)
	schema, err := schemas(d)
	require.NoError(t, err)
	for name, want := range map[string][]byte{
		"../../ui/src/wire.ts":       typeScript(d),
		"../../api/wire.schema.json": schema,
	} {
		have, err := os.ReadFile(name)
		require.NoError(t, err)
		require.Equal(t, string(want), string(have), "%s is not current: run `go generate ./web/wire`", name)
	}
}
