package config

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheKeyIsMadeOnceAndKept(t *testing.T) {
	c := Config{Data: t.TempDir()}
	first, err := c.Key()
	require.NoError(t, err)
	require.Len(t, first, 32)
	again, err := c.Key()
	require.NoError(t, err)
	require.Equal(t, first, again)

	info, err := os.Stat(filepath.Join(c.Data, "key"))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	left, err := os.ReadDir(c.Data)
	require.NoError(t, err)
	require.Len(t, left, 1, "nothing else is left in the folder")
}

func TestManyStartsAgreeOnOneKey(t *testing.T) {
	c := Config{Data: t.TempDir()}
	keys := make([]string, 8)
	var wg sync.WaitGroup
	for i := range keys {
		wg.Go(func() {
			if key, err := c.Key(); err == nil {
				keys[i] = string(key)
			}
		})
	}
	wg.Wait()
	for _, key := range keys {
		require.Equal(t, keys[0], key)
		require.Len(t, key, 32)
	}
}

func TestAKeyThatOthersCanReadIsRefused(t *testing.T) {
	c := Config{Data: t.TempDir()}
	path := filepath.Join(c.Data, "key")
	require.NoError(t, os.WriteFile(path, []byte(strings.Repeat("ab", 32)), 0o644))
	_, err := c.Key()
	require.ErrorContains(t, err, "chmod 600")
	require.NoError(t, os.Chmod(path, 0o600))
	_, err = c.Key()
	require.NoError(t, err)
}

func TestADamagedKeyIsNeverReplaced(t *testing.T) {
	c := Config{Data: t.TempDir()}
	path := filepath.Join(c.Data, "key")
	require.NoError(t, os.WriteFile(path, []byte("short"), 0o600))
	_, err := c.Key()
	require.ErrorContains(t, err, "backup")
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "short", string(text))
}

func TestAConfiguredKeyWins(t *testing.T) {
	c := Config{Data: filepath.Join(t.TempDir(), "nowhere"), ServerKey: NewSecret(strings.Repeat("0f", 32))}
	key, err := c.Key()
	require.NoError(t, err)
	require.Equal(t, byte(0x0f), key[31])
}
