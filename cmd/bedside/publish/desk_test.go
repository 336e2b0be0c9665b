package publish

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/flows"
	"bedside/store/bolt"
)

// small is a sound flow that says one thing.
func small(text string) []byte {
	return fmt.Appendf(nil, `bedside: 1
languages: [en]
clinic: {name: {en: C}, phone: "+44 1", zone: Europe/London, alert: lead}
emergency: {phone: "999"}
departments:
  gp: {title: {en: doctor}, hours: always}
flows:
  visit: {start: hello, title: {en: Visit}}
parts:
  hello:
    - say: {en: %q}
    - hand_over: gp
    - end: {en: Bye}
`, text)
}

// disk is what stands in the files, by path; a path that is not in it cannot be read.
type disk map[string]Sources

func (d disk) read(path string) (Sources, error) {
	s, ok := d[path]
	if !ok {
		return Sources{}, errors.New(path + ": there is no such file")
	}
	return s, nil
}

func of(path string, text []byte) Sources {
	return Sources{Files: []flows.File{{Path: path, Data: text}}}
}

func newDesk(t *testing.T, d disk, now *time.Time) *Desk {
	t.Helper()
	st, err := bolt.Open(filepath.Join(t.TempDir(), "journal.db"), bolt.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, st.Close()) })
	return New(Options{Store: st, Read: d.read, Now: func() time.Time { return *now }, Rehearse: func(_ *flows.Program, tests []flows.File) []flows.Problem {
		return []flows.Problem{{File: tests[0].Path, Line: 1, Column: 1, Code: "test", What: "it does not hold", Cure: "mend it"}}
	}})
}

func TestVersionsAreKeptWhole(t *testing.T) {
	now := time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
	d := disk{"a.yaml": of("a.yaml", small("one"))}
	desk, paths := newDesk(t, d, &now), map[string]string{"": "a.yaml"}
	require.NoError(t, desk.Refresh(t.Context()))
	require.Zero(t, desk.Last().Number)
	for i, text := range []string{"one", "two", "three"} {
		d["a.yaml"] = of("a.yaml", small(text))
		draft := desk.FromFiles(paths)
		require.NoError(t, desk.Fresh(draft))
		require.True(t, desk.Look(draft).Changed)
		v, err := desk.Keep(t.Context(), draft, Request{By: "ada", Note: text, How: ByCommand})
		require.NoError(t, err)
		require.Equal(t, i+1, v.Number)
		require.ErrorIs(t, desk.Fresh(draft), ErrSame)
		require.False(t, desk.Files().Changed)
	}
	other := New(Options{Store: desk.o.Store, Read: d.read})
	require.NoError(t, other.Refresh(t.Context()))
	require.Equal(t, desk.Last(), other.Last(), "another process finds the same")
	history, err := desk.History(t.Context(), 2)
	require.NoError(t, err)
	require.Equal(t, []string{"three", "two"}, []string{history[0].Note, history[1].Note})

	first, draft, err := desk.Older(t.Context(), "1")
	require.NoError(t, err)
	require.Contains(t, string(draft.Sources[""].Files[0].Data), `"one"`)
	again, _, err := desk.Older(t.Context(), strings.ToUpper(first.Hash[:8]))
	require.NoError(t, err)
	require.Equal(t, first, again)
	for _, word := range []string{"0", "4", "-1", "", first.Hash[:3], "99999999999999999999", "nonsense"} {
		_, _, err := desk.Older(t.Context(), word)
		require.ErrorIs(t, err, ErrNoVersion, word)
	}
	_, err = (&Desk{o: desk.o}).Keep(t.Context(), draft, Request{})
	require.ErrorContains(t, err, "keep version 1", "a number is given once")
}

func TestWhatIsBrokenIsRefused(t *testing.T) {
	now := time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
	d := disk{
		"bad.yaml":    of("bad.yaml", []byte("bedside: 1\n")),
		"tested.yaml": {Files: of("tested.yaml", small("one")).Files, Tests: []flows.File{{Path: "tested.test.yaml", Data: []byte("x")}}},
		"good.yaml":   of("good.yaml", small("one")),
	}
	desk := newDesk(t, d, &now)
	for path, says := range map[string]string{
		"bad.yaml":    "bad.yaml:1:1: error missing-key",
		"tested.yaml": "tested.test.yaml:1:1: error test: it does not hold",
		"gone.yaml":   "gone.yaml: there is no such file",
	} {
		draft := desk.FromFiles(map[string]string{"": "good.yaml", "kids": path})
		var refused Refused
		require.ErrorAs(t, desk.Fresh(draft), &refused)
		require.ErrorContains(t, refused, says)
		require.True(t, desk.Look(draft).Broken())
	}
	require.NotEqual(t, desk.There(map[string]string{"": "good.yaml"}), desk.There(map[string]string{"": "gone.yaml"}))
}

func TestAPlanWaitsForItsTime(t *testing.T) {
	now := time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
	d := disk{"a.yaml": of("a.yaml", small("one"))}
	desk, paths := newDesk(t, d, &now), map[string]string{"": "a.yaml"}
	_, err := desk.Withdraw(t.Context())
	require.ErrorIs(t, err, ErrNoPlan)
	_, err = desk.Schedule(t.Context(), desk.FromFiles(paths), now.Add(time.Hour), Request{By: "ada"})
	require.NoError(t, err)
	_, err = desk.Schedule(t.Context(), desk.FromFiles(paths), now.Add(2*time.Hour), Request{By: "ada"})
	require.ErrorIs(t, err, ErrPlanned)
	d["a.yaml"] = of("a.yaml", small("another"))

	later := New(desk.o)
	require.NoError(t, later.Refresh(t.Context()))
	_, _, due, err := later.Due(t.Context())
	require.NoError(t, err)
	require.False(t, due)
	now = now.Add(time.Hour)
	p, draft, due, err := later.Due(t.Context())
	require.NoError(t, err)
	require.True(t, due)
	require.Contains(t, string(draft.Sources[""].Files[0].Data), `"one"`, "as it was when it was planned")
	_, err = later.Keep(t.Context(), draft, Request{By: p.By, How: AtTime})
	require.NoError(t, err)
	require.Nil(t, later.Planned())
	require.NoError(t, later.Refresh(t.Context()))
	require.Nil(t, later.Planned(), "done once")
}

// What was undone stays so while the flow is served as it was left, whatever other
// flows have become, and no longer.
func TestWhatSomebodyWentBackFrom(t *testing.T) {
	now := time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
	d := disk{"a.yaml": of("a.yaml", small("one")), "b.yaml": of("b.yaml", small("b"))}
	desk, paths := newDesk(t, d, &now), map[string]string{"": "a.yaml", "b": "b.yaml"}
	keep := func(r Request) {
		t.Helper()
		_, err := desk.Keep(t.Context(), desk.FromFiles(paths), r)
		require.NoError(t, err)
	}
	undone := func(text string) map[string]Version {
		t.Helper()
		d["a.yaml"] = of("a.yaml", small(text))
		out, err := desk.Undone(t.Context(), desk.FromFiles(paths))
		require.NoError(t, err)
		return out
	}
	require.Empty(t, undone("one"), "before the first")
	for _, text := range []string{"one", "two", "three"} {
		d["a.yaml"] = of("a.yaml", small(text))
		keep(Request{How: OnSave})
	}
	require.Empty(t, undone("one"), "nobody went back")
	keep(Request{How: RolledBack, Of: 1})
	d["b.yaml"] = of("b.yaml", small("another"))
	keep(Request{How: OnSave})
	require.Equal(t, 4, undone("two")[""].Number)
	require.Equal(t, 4, undone("three")[""].Number)
	require.NotContains(t, undone("three"), "b")
	require.Empty(t, undone("one"))
	require.Empty(t, undone("four"))
	d["a.yaml"] = of("a.yaml", small("four"))
	keep(Request{How: OnSave})
	require.Empty(t, undone("three"), "somebody has written since")
}

func TestMoments(t *testing.T) {
	moscow, err := time.LoadLocation("Europe/Moscow")
	require.NoError(t, err)
	now := time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
	for text, want := range map[string]string{
		"2027-03-02 06:00":          "2027-03-02T03:00:00Z",
		"2027-03-02T06:00:00Z":      "2027-03-02T06:00:00Z",
		"2027-03-02T06:00:00+05:00": "2027-03-02T01:00:00Z",
	} {
		at, err := ParseTime(text, []*time.Location{moscow}, now)
		require.NoError(t, err)
		require.Equal(t, want, at.UTC().Format(time.RFC3339))
	}
	for text, says := range map[string]string{
		"tomorrow": "is no moment", "2027-03-01 11:59": "has passed", "2027-03-01 12:00": "has passed",
		"2029-01-01 00:00": "more than a year", "": "is no moment", "2027-02-30 10:00": "is no moment",
	} {
		_, err := ParseTime(text, []*time.Location{moscow}, now)
		require.ErrorIs(t, err, ErrTime)
		require.ErrorContains(t, err, says, text)
	}
}

// A local time is one moment, or it is refused.
func TestLocalMoments(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	require.NoError(t, err)
	moscow, err := time.LoadLocation("Europe/Moscow")
	require.NoError(t, err)
	now := time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
	both := []*time.Location{london, moscow}
	_, err = ParseTime("2027-03-28 01:30", both[:1], now)
	require.ErrorIs(t, err, ErrTime)
	require.ErrorContains(t, err, "does not exist in Europe/London, where the clocks are put forward then")
	_, err = ParseTime("2027-03-28 02:30", both[:1], now)
	require.NoError(t, err)
	_, err = ParseTime("2027-03-28 02:30", both, now)
	require.ErrorIs(t, err, ErrTime)
	require.ErrorContains(t, err, "different zones (Europe/London, Europe/Moscow); write it like 2027-03-01T06:00:00Z")
	_, err = ParseTime("2027-03-28T02:30:00Z", both, now)
	require.NoError(t, err)

	draft := newDraft()
	draft.try("a", of("a.yaml", small("a")), nil)
	draft.try("b", of("b.yaml", []byte(strings.Replace(string(small("b")), "Europe/London", "Europe/Moscow", 1))), nil)
	draft.try("c", of("c.yaml", small("c")), nil)
	require.Len(t, draft.Zones(), 2)
	require.Equal(t, "Europe/London", draft.Zones()[0].String())
}
