package bot_test

import (
	"bufio"
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/bot"
)

var update = flag.Bool("update", false, "write the recorded journals anew")

// A journal that was recorded once is read for ever: when this test fails, the
// fold has broken with what clinics have on their disks. Never update the file of
// a released format; add another.
func TestRecordedJournalsAreReadForEver(t *testing.T) {
	const first = "testdata/journals/format-1.jsonl"
	if *update {
		var b bytes.Buffer
		for _, e := range wholeVisit(t).journal {
			b.Write(append(e.Encode(), '\n'))
		}
		require.NoError(t, os.MkdirAll(filepath.Dir(first), 0o755))
		require.NoError(t, os.WriteFile(first, b.Bytes(), 0o644))
	}
	f, err := os.Open(first)
	require.NoError(t, err)
	defer f.Close()
	s := bot.State{ID: "c_1"}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		e, err := bot.DecodeEntry(lines.Bytes())
		require.NoError(t, err)
		s, err = bot.Apply(s, e)
		require.NoError(t, err)
	}
	require.Equal(t, bot.ClosedDown, s.Phase)
	require.Equal(t, []string{"doctor_1", "doctor_2"}, s.HadBy)
	require.Equal(t, "Patient One", s.Name())
	require.Equal(t, bot.EndPhase, s.Call.EndWhy)
	require.Empty(t, s.Rooms)
}

func TestWhatNoVersionWroteIsAnError(t *testing.T) {
	w := newWorld(t)
	w.start()
	last := w.journal[len(w.journal)-1]
	for name, change := range map[string]func(*bot.Entry){
		"a gap":           func(e *bot.Entry) { e.Seq += 2 },
		"a repetition":    func(*bot.Entry) {},
		"an unknown kind": func(e *bot.Entry) { e.Seq, e.Kind = e.Seq+1, "weather.changed" },
		"a torn body":     func(e *bot.Entry) { e.Seq, e.Body = e.Seq+1, []byte(`{"text"`) },
	} {
		e := last
		change(&e)
		_, err := bot.Apply(w.s, e)
		require.Error(t, err, name)
	}
	_, err := bot.DecodeEntry([]byte("{"))
	require.Error(t, err)
}

func FuzzDecodeEntry(f *testing.F) {
	f.Add([]byte(`{"v":1,"seq":1,"kind":"conversation.started","body":{}}`))
	f.Add([]byte(`{"seq":1,"kind":"call.joined","body":{"who":"patient"}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		e, err := bot.DecodeEntry(b)
		if err != nil {
			return
		}
		s, err := bot.Apply(bot.State{ID: "c"}, e)
		if err == nil {
			bot.Wishes(s)
			bot.Wake(s, bot.Defaults(), nil)
			bot.HeadOf(s)
			bot.View(e, bot.Actor{Role: bot.Doctor}, bot.Links{})
		}
	})
}
