package bot_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bedside/bot"
)

func TestNamesAreFoundByTheBeginningsOfTheirWords(t *testing.T) {
	for _, c := range []struct {
		name, search string
		found        bool
	}{
		{"Anna Petrova", "anna", true}, {"Anna Petrova", "PETR", true}, {"Anna Petrova", "petr an", true},
		{"Anna Petrova", "nna", false}, {"Anna Petrova", "anna ivanova", false}, {"Anna Petrova", "", false},
		{"Пётр Ёлкин", "петр елк", true}, {"Петр Елкин", "Пётр", true}, {"Андрей", "Андреи\u0306", true},
		{"José Núñez", "jose nunez", true}, {"O'Neill-Smith", "neill", true}, {"O'Neill-Smith", "smith o", true},
		{"王小明", "王", true}, {"Anna", "anna-", true}, {"", "a", false},
	} {
		require.Equal(t, c.found, bot.Found(c.name, bot.FindWords(c.search)), "%q in %q", c.search, c.name)
	}
}

// What Found finds stands in the list that a search reads.
func TestWhoeverIsFoundStandsInTheList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := strings.Join(rapid.SliceOfN(rapid.StringMatching(`[A-Za-zА-яЁё]{1,8}`), 1, 4).Draw(t, "name"), " ")
		s := bot.State{ID: "c_1", Seq: 1, Phase: rapid.SampledFrom([]bot.Phase{bot.Waiting, bot.Consulting, bot.ClosedDown}).Draw(t, "phase"),
			Doctor: "d", HadBy: []string{"d", "e"}, Patient: map[string]string{"name": name}}
		words := bot.FindWords(name)
		word := []rune(rapid.SampledFrom(words).Draw(t, "word"))
		search := string(word[:rapid.IntRange(1, len(word)).Draw(t, "letters")])
		require.True(t, bot.Found(name, bot.FindWords(search)))
		var lists []string
		for _, l := range bot.HeadOf(s).Lists {
			lists = append(lists, l.List)
		}
		require.Len(t, slices.Compact(slices.Sorted(slices.Values(lists))), len(lists), "no list twice")
		start := bot.FindStart(search)
		require.Contains(t, lists, bot.ListFoundBy("d", start))
		require.Contains(t, lists, bot.ListFoundBy("e", start))
		require.Equal(t, s.Phase != bot.ClosedDown, slices.Contains(lists, bot.ListFound(start)))
		require.NotContains(t, lists, bot.ListFoundBy("f", start))
	})
}

func TestARedFlagIsForStaffAlone(t *testing.T) {
	body, err := json.Marshal(bot.Answer{Step: "a/1", Text: "yes", Red: true})
	require.NoError(t, err)
	e := bot.Entry{V: 1, Seq: 1, Kind: bot.AnswerGiven, By: bot.By{Role: bot.Patient}, Audience: bot.ForAll, Body: body}
	for role, red := range map[bot.Role]bool{bot.Doctor: true, bot.Patient: false} {
		seen, ok := bot.View(e, bot.Actor{Role: role}, bot.Links{})
		require.True(t, ok)
		require.Equal(t, red, seen.Body.(bot.SeenAnswer).Red)
	}
}

// A name may be as long as an answer; every doctor's list and every search would
// pay for it.
func TestANameIsNoNovel(t *testing.T) {
	w := newWorld(t)
	w.start()
	w.do(patient, bot.DoChoose, bot.Args{Step: w.s.Asked.Step, Option: "doctor"})
	w.do(patient, bot.DoSend, bot.Args{Text: strings.Repeat("Ы", 4000)})
	w.do(patient, bot.DoSkip, bot.Args{Step: w.s.Asked.Step})
	require.Equal(t, bot.Waiting, w.s.Phase)
	require.Equal(t, strings.Repeat("Ы", 200), bot.SummaryOf(w.s).Patient)
	require.Less(t, len(bot.HeadOf(w.s).Body), 1000)
}
