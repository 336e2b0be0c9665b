package hearing_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bedside/flows/internal/hearing"
)

var danger = []string{
	"не могу дышать", "задыха*", "боль в груди", "теря* сознание", "не хочу жить", "суицид*",
	"can't breathe", "chest pain", "passing out", "want to die", "suicid*", "ill*",
}

func listening(t testing.TB) *hearing.Words {
	t.Helper()
	w := &hearing.Words{}
	for _, p := range danger {
		require.NoError(t, w.Add(p), p)
	}
	return w
}

func TestWordsThatAreHeard(t *testing.T) {
	w := listening(t)
	for _, said := range []string{
		"я не могу дышать", "НЕ МОГУ ДЫШАТЬ!!!", "не  могу\u00a0\n дышать", "не-могу-дышать", "не... могу... дышать",
		"не могуууу дышаааать", "немогу дышать", "не могудышать", "Hе мoгу дышaть", "не мог\u00adу дышать", "не мо\u0301гу дышать",
		"задыхаюсь", "Мама задыхается", "задыха", "задыхааааюсь", "3. Задыхаюсь",
		"теряю сознание", "терял сознание вчера", "(теря сознание)",
		"боль в груди", "у меня боль, в груди", "Боль\tв груди😢", "суицидальные мысли",
		"I can't breathe", "I cant breathe", "can’t breathe", "can`t breathe", "CANʼT BREATHE", "саn't brеаthе",
		"chest pain", "chest-pain", "chestpain", "I want to die.", "passing out", "passsing out", "suicidal", "illness",
	} {
		require.True(t, w.In(said), said)
	}
}

func TestWordsThatAreNot(t *testing.T) {
	w := listening(t)
	for _, said := range []string{
		"", " ", "*", "дышать могу", "не могу", "дышать", "не могу спать и дышать", "боль в грудине", "боль в грудь",
		"теряю вес", "сознание теряю", "незадыхаюсь", "chest", "pain in the chest", "chest painting", "manchest pain", "passing outside",
		"want to diet", "cant breath", "пил", "will", "still", "хочу жить", "не хочу есть", "Test", "\xff\xfe", "😢",
	} {
		require.False(t, w.In(said), said)
	}
}

func TestPatternsThatAreNone(t *testing.T) {
	w := &hearing.Words{}
	for p, want := range map[string]error{
		"": hearing.ErrNoWord, " … ": hearing.ErrNoWord, "*": hearing.ErrStar, "a*b": hearing.ErrStar, "*ab": hearing.ErrStar,
		"word *": hearing.ErrStar, "ab*": hearing.ErrShort, "су*": hearing.ErrShort, "word a*": hearing.ErrShort,
	} {
		require.ErrorIs(t, w.Add(p), want, p)
	}
	require.False(t, w.In("a word"), "no pattern hears nothing")
}

// TestAnyTextAroundAWordIsHeard puts a pattern between any words.
func TestAnyTextAroundAWordIsHeard(t *testing.T) {
	w := listening(t)
	rapid.Check(t, func(rt *rapid.T) {
		before, behind := rapid.String().Draw(rt, "before"), rapid.String().Draw(rt, "behind")
		p := strings.ReplaceAll(rapid.SampledFrom(danger).Draw(rt, "pattern"), "*", "")
		require.True(rt, w.In(before+" . "+p+" , "+behind))
		_ = w.In(before + behind)
	})
}

func FuzzIn(f *testing.F) {
	for _, p := range danger {
		f.Add(p, p)
	}
	f.Fuzz(func(t *testing.T, pattern, said string) {
		w := &hearing.Words{}
		if w.Add(pattern) == nil && !strings.Contains(pattern, "*") {
			require.True(t, w.In(said+"\n"+pattern))
		}
		w.In(said)
	})
}

// BenchmarkLongText listens to as much as a patient can send, with as many
// words as a careful clinic has.
func BenchmarkLongText(b *testing.B) {
	w := listening(b)
	for _, p := range strings.Fields("инфаркт* инсульт* кровотечен* судорог* отравлен* overdos* bleed* stroke* seizur* anaphyla*") {
		require.NoError(b, w.Add(p))
	}
	text := strings.Repeat("Третий день кашель и температура, спал плохо, but I can do my work. ", 60)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if w.In(text) {
			b.Fatal("a false alarm")
		}
	}
}
