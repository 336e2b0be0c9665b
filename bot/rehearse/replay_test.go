package rehearse_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/rehearse"
	"bedside/flows"
	"bedside/flows/cases"
)

// The journals of the reference's conversations, one entry a line, as they were
// recorded when its language was whole. When this test fails, the fold has broken
// with what clinics have on their disks. Never record a released set anew; add
// another beside it.
const recorded = "testdata/journals/reference-1"

func TestRecordedJournalsFoldToTheSameState(t *testing.T) {
	if *update {
		record(t)
	}
	paths, err := filepath.Glob(recorded + "/*.jsonl")
	require.NoError(t, err)
	require.Len(t, paths, 27)
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			golden := strings.TrimSuffix(path, ".jsonl") + ".state.json"
			got := dumped(t, replayed(t, path))
			if *update {
				require.NoError(t, os.WriteFile(golden, got, 0o644))
			}
			want, err := os.ReadFile(golden)
			require.NoError(t, err)
			require.Equal(t, string(want), string(got))
		})
	}
}

// record plays the reference and writes its journals.
func record(t *testing.T) {
	t.Helper()
	p, s := reference(t)
	require.NoError(t, os.RemoveAll(recorded))
	require.NoError(t, os.MkdirAll(recorded, 0o755))
	for i, result := range rehearse.Run(p, []cases.Suite{s}).Results {
		var b bytes.Buffer
		for _, e := range result.Journal {
			b.Write(append(e.Encode(), '\n'))
		}
		path := filepath.Join(recorded, fmt.Sprintf("%02d-line-%d.jsonl", i+1, result.At.Line))
		require.NoError(t, os.WriteFile(path, b.Bytes(), 0o644))
	}
}

func replayed(t *testing.T, path string) bot.State {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	var journal []bot.Entry
	for line := range bytes.Lines(data) {
		e, err := bot.DecodeEntry(line)
		require.NoError(t, err)
		journal = append(journal, e)
	}
	s, err := bot.Replay("rehearsal", journal)
	require.NoError(t, err)
	require.Equal(t, len(journal), int(s.Seq))
	return s
}

// dumped writes a state as JSON without what is zero, so that a field which a
// later version adds changes nothing in an older journal's state.
func dumped(t *testing.T, s bot.State) []byte {
	t.Helper()
	out, err := json.MarshalIndent(plain(reflect.ValueOf(s)), "", " ")
	require.NoError(t, err)
	return append(out, '\n')
}

func plain(v reflect.Value) any {
	switch x := v.Interface().(type) {
	case time.Time:
		return x.Format(time.RFC3339)
	case flows.Value, flows.Place:
		return x
	}
	switch v.Kind() {
	case reflect.Pointer:
		return plain(v.Elem())
	case reflect.Struct:
		out := map[string]any{}
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && !v.Field(i).IsZero() {
				out[f.Name] = plain(v.Field(i))
			}
		}
		return out
	case reflect.Map:
		out := map[string]any{}
		for _, key := range v.MapKeys() {
			out[fmt.Sprint(key.Interface())] = plain(v.MapIndex(key))
		}
		return out
	case reflect.Slice:
		out := []any{}
		for i := range v.Len() {
			out = append(out, plain(v.Index(i)))
		}
		return out
	}
	return v.Interface()
}
