package accept_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/flows/internal/accept"
)

// hostile are texts that make careless readers slow.
func hostile() []string {
	var all []string
	for _, s := range []string{
		"семь ", "один-", "7 ", "7/", "1,", "и ", "fever, ", "не ", "около ", "a ", "нарушилась речь, ", "\u0301", "ﷺ", "+", "( ", "марта ", "twenty ", "«»", "\xff", "7 марта 1958 ", "кашельь",
	} {
		all = append(all, strings.Repeat(s, 4000/len(s)), strings.Repeat(s, 200/len(s)), strings.Repeat(s, 11))
	}
	return all
}

func read(s string) {
	choices := []accept.Known{
		accept.Know("fever", "Fever", "Температура"), accept.Know("cough", "Cough", "Кашель"),
		accept.Know("speech", "Slurred speech, a weak arm", "Нарушилась речь, ослабла рука"),
	}
	ten := 10.0
	accept.Option(s, choices)
	accept.Options(s, choices)
	accept.Named(s, choices)
	accept.YesNo(s)
	accept.Number(s, &ten)
	accept.Date(s, today, accept.Past)
	accept.Near(s, today, accept.Nearest)
	accept.Phone(s, "+7 495 000-00-00")
	accept.Email(s)
	accept.Text(s)
}

// TestLongAnswersAreReadFast holds a generous bound: what it finds is time
// that grows with the square of what was typed.
func TestLongAnswersAreReadFast(t *testing.T) {
	for _, s := range hostile() {
		began := time.Now()
		read(s)
		require.Less(t, time.Since(began), time.Second, "%.40q", s)
	}
}

// FuzzAnswers types anything: no panic, and what is understood is understood
// again when it is written as it was taken.
func FuzzAnswers(f *testing.F) {
	for _, s := range append(hostile(), "7 марта 58", "седьмое марта 1958", "7,5", "8 916 123-45-67", "да, болит", "fever, cough", "1 и 3", "вчера") {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		read(s)
		if day, ok := accept.Date(s, today, accept.Past); ok {
			again, ok := accept.Date(day.Format(time.DateOnly), today, accept.Past)
			require.True(t, ok)
			require.Equal(t, day, again)
		}
		if n, ok := accept.Phone(s, "+7"); ok {
			again, ok := accept.Phone(n, "+7")
			require.True(t, ok)
			require.Equal(t, n, again)
		}
	})
}

// BenchmarkAnswers types what has to be looked at from every side.
func BenchmarkAnswers(b *testing.B) {
	choices := []accept.Known{
		accept.Know("doctor", "I need a doctor now", "Нужен врач сейчас"), accept.Know("book", "Book a time", "Записаться на время"),
		accept.Know("repeat", "Repeat a prescription", "Повторить рецепт"),
	}
	for name, read := range map[string]func(){
		"option-exact": func() { accept.Option("Нужен врач сейчас", choices) },
		"option-fuzzy": func() { accept.Option("повтор рецепта, пожалуйста", choices) },
		"option-story": func() {
			accept.Option("у меня третий день болит голова и я не знаю что делать", choices)
		},
		"options": func() { accept.Options("врач и рецепт", choices) },
		"date": func() {
			accept.Date("седьмое марта пятьдесят восьмого", today, accept.Past)
		},
		"number": func() { accept.Number("около семи", nil) },
		"yes":    func() { accept.YesNo("нет, не болит") },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				read()
			}
		})
	}
}
