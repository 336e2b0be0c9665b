package publish

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

func TestAFolderIsReadWhenItIsQuiet(t *testing.T) {
	start := time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
	s := settling{quiet: 2 * time.Second}
	for _, c := range []struct {
		after float64 // seconds
		there string
		ripe  bool
		again time.Duration
		why   string
	}{
		{0, "one", false, 2 * time.Second, "just seen"},
		{2, "one", true, 0, "quiet"},
		{9, "one", false, 0, "told once"},
		{10, "half", false, 2 * time.Second, "a half-written file"},
		{11, "two", false, 2 * time.Second, "and the whole one"},
		{12.5, "two", false, 500 * time.Millisecond, "not yet"},
		{13, "two", true, 0, "now"},
		{20, "gone", false, 2 * time.Second, "a folder vanishes"},
		{21, "two", false, 0, "and is back: nothing has happened"},
		{30, "gone", false, 2 * time.Second, "it vanishes"},
		{32, "gone", true, 0, "and stays away"},
		{40, "two", false, 2 * time.Second, "it is back"},
		{42, "two", true, 0, "which is told"},
	} {
		ripe, again := s.look(start.Add(time.Duration(c.after*float64(time.Second))), c.there)
		require.Equal(t, c.ripe, ripe, c.why)
		require.Equal(t, c.again, again, c.why)
	}
}

// seen is what Watch has told, waited for and not slept for.
type seen struct {
	mu  sync.Mutex
	all []string
}

func (s *seen) last() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.all) == 0 {
		return ""
	}
	return s.all[len(s.all)-1]
}

func TestWatchSeesWhatEditorsDo(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	parent := t.TempDir()
	folder := filepath.Join(parent, "flows")
	file := filepath.Join(folder, "clinic.yaml")
	write := func(path, text string) { require.NoError(t, os.WriteFile(path, []byte(text), 0o600)) }
	require.NoError(t, os.Mkdir(folder, 0o700))
	write(file, "one")
	there := func() string {
		text, err := os.ReadFile(file)
		if err != nil {
			return "cannot be read"
		}
		return string(text)
	}
	var s seen
	ctx, stop := context.WithCancel(t.Context())
	var done sync.WaitGroup
	done.Go(func() {
		Watch(ctx, 30*time.Millisecond, func() []string { return []string{folder} }, there, func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.all = append(s.all, there())
		})
	})
	defer done.Wait()
	defer stop()
	says := func(want, why string) {
		t.Helper()
		require.Eventually(t, func() bool { return s.last() == want }, 8*time.Second, 5*time.Millisecond, why)
	}
	says("one", "what is there at first")
	write(file, "two")
	says("two", "written in place")
	write(file+"~", "three")
	require.NoError(t, os.Rename(file+"~", file))
	says("three", "renamed into the place, as editors save")
	require.NoError(t, os.RemoveAll(folder))
	says("cannot be read", "the folder is gone")
	require.NoError(t, os.Mkdir(folder, 0o700))
	write(file, "four")
	says("four", "and is back, as after a checkout")
	write(file, "five")
	says("five", "which is watched again")
}
