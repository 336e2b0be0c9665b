package bolt_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/store"
	"bedside/store/bolt"
)

// The test binary runs itself as another process, with these set.
const (
	childRole = "BEDSIDE_STORE_CHILD" // "open", "append" or "files"
	childFile = "BEDSIDE_STORE_FILE"
)

const chats = 6 // how many conversations the appending child writes at once

func beChild(role, path string) int {
	s, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		fmt.Println(err)
		if errors.Is(err, store.ErrLocked) {
			return 3
		}
		return 1
	}
	writeForEver := map[string]func(store.Store, string){"append": appendForEver, "files": filesForEver}[role]
	if writeForEver != nil {
		var wait sync.WaitGroup
		for c := range chats {
			wait.Go(func() { writeForEver(s, fmt.Sprint("chat", c)) })
		}
		wait.Wait() // not before it is killed, unless something is wrong
		return 1
	}
	return 0
}

// appendForEver goes on where the journal ends and says each sequence on
// standard output when its commit has been acknowledged.
func appendForEver(s store.Store, id string) {
	ctx := context.Background()
	head, err := s.Head(ctx, id)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		fmt.Println("failed", err)
		return
	}
	for seq := head.Seq + 1; ; seq++ {
		err := s.Commit(ctx, store.Batch{
			Head:    store.Head{ID: id, Seq: seq, Lists: []store.Term{{List: "all", Rank: int64(seq)}}},
			After:   seq - 1,
			Entries: []store.Entry{{Seq: seq, Data: fmt.Append(nil, id, " ", seq)}},
			Records: []store.Put{{Space: id, Key: fmt.Sprintf("%09d", seq), If: store.Absent}},
		})
		if err != nil {
			fmt.Println("failed", err)
			return
		}
		fmt.Println(id, seq)
	}
}

func child(t *testing.T, role, path string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childRole+"="+role, childFile+"="+path)
	return cmd
}

// A process that is killed at any moment loses nothing that it acknowledged.
func TestKilled(t *testing.T) {
	f := newFile(t)
	acked := map[string]uint64{}
	for round := range 4 {
		runUntilKilled(t, "append", f.path, time.Duration(20+rand.IntN(120))*time.Millisecond, acked)
		s := f.open(t)
		total := 0
		for c := range chats {
			id := fmt.Sprint("chat", c)
			total += requireWhole(t, s, id, acked[id])
		}
		require.Positive(t, total, "round %d", round)
		n, err := s.Count(t.Context(), "all")
		require.NoError(t, err)
		require.LessOrEqual(t, n, chats)
		require.NoError(t, s.Close())
	}
}

// runUntilKilled notes what the child acknowledged before it was killed, after d
// from its first word.
func runUntilKilled(t *testing.T, role, path string, d time.Duration, acked map[string]uint64) {
	t.Helper()
	cmd := child(t, role, path)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	var kill *time.Timer
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if kill == nil {
			kill = time.AfterFunc(d, func() { _ = cmd.Process.Kill() })
			defer kill.Stop()
		}
		var id string
		var seq uint64
		if _, err := fmt.Sscan(lines.Text(), &id, &seq); err != nil {
			continue // cut off by the kill, or a complaint that shows as no progress
		}
		require.Greater(t, seq, acked[id], "acknowledged twice")
		acked[id] = seq
	}
	require.Error(t, cmd.Wait())
	require.NotNil(t, kill, "the child said nothing")
	require.False(t, cmd.ProcessState.Exited(), "it ended by itself: %s", cmd.ProcessState)
}

// requireWhole wants a gapless journal that holds at least what was acknowledged,
// with a head and records that agree with it.
func requireWhole(t *testing.T, s store.Store, id string, acked uint64) int {
	t.Helper()
	all, err := s.Entries(t.Context(), id, 0, 1<<30)
	require.NoError(t, err)
	require.GreaterOrEqual(t, uint64(len(all)), acked)
	require.LessOrEqual(t, uint64(len(all)), acked+1, "one commit at most was under way")
	for i, e := range all {
		require.EqualValues(t, i+1, e.Seq)
		require.Equal(t, fmt.Sprint(id, " ", e.Seq), string(e.Data))
	}
	if len(all) == 0 {
		return 0
	}
	head, err := s.Head(t.Context(), id)
	require.NoError(t, err)
	require.EqualValues(t, len(all), head.Seq)
	require.EqualValues(t, len(all), head.Rev)
	page, _, err := s.Records(t.Context(), id, "", "", 1<<30)
	require.NoError(t, err)
	require.Len(t, page, len(all))
	return len(all)
}

func TestSecondProcess(t *testing.T) {
	f := newFile(t)
	s := f.open(t)
	began := time.Now()
	out, err := child(t, "open", f.path).CombinedOutput()
	var exit *exec.ExitError
	require.ErrorAs(t, err, &exit)
	require.Equal(t, 3, exit.ExitCode(), "%s", out)
	require.Contains(t, string(out), f.path)
	require.Contains(t, string(out), "another process")
	require.Less(t, time.Since(began), 5*time.Second)

	require.NoError(t, s.Close())
	out, err = child(t, "open", f.path).CombinedOutput()
	require.NoError(t, err, "%s", out)
}
