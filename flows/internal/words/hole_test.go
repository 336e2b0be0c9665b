package words_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bedside/flows/internal/words"
)

func TestWhatNobodyCanSayIsLeftOut(t *testing.T) {
	for text, want := range map[string]string{
		"Ищем врача. Вы 3-й в очереди, примерно @.": "Ищем врача. Вы 3-й в очереди.",
		"Ищем врача. Вы @-й в очереди, примерно @.": "Ищем врача.",
		"You are number 3, about @.":                                    "You are number 3.",
		"We are looking for a doctor. You are number 3, about @. Stay!": "We are looking for a doctor. You are number 3. Stay!",
		"Сейчас врачей нет. Откроемся @.":                               "Сейчас врачей нет.",
		"Wait @, please.":                               "We will answer soon.",
		"Please wait, about @, for a doctor.":           "Please wait, for a doctor.",
		"A wait — @ — is usual. Call +7 495 000-00-00.": "A wait — is usual. Call +7 495 000-00-00.",
		"One line\n@\nanother":                          "One line\nanother",
		"It costs 3,5 and @":                            "We will answer soon.",
		"@":                                             "We will answer soon.",
		"Ready? Then @! Good.":                          "Ready? Good.",
	} {
		require.Equal(t, want, words.In("en").WithoutHoles(strings.ReplaceAll(text, "@", words.Hole)), text)
	}
	require.Equal(t, "Скоро ответим.", words.In("ru").WithoutHoles(words.Hole))
}

func TestNoHoleStays(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("ab ,.;!?—\n\x00«»")), 0, 40, -1).Draw(rt, "text")
		got := words.In("en").WithoutHoles(text)
		require.NotContains(rt, got, words.Hole)
		require.NotEmpty(rt, got)
	})
}

func TestWaits(t *testing.T) {
	for d, want := range map[time.Duration][2]string{
		time.Second:                  {"1 минута", "1 minute"},
		time.Minute:                  {"1 минута", "1 minute"},
		61 * time.Second:             {"2 минуты", "2 minutes"},
		5 * time.Minute:              {"5 минут", "5 minutes"},
		11 * time.Minute:             {"11 минут", "11 minutes"},
		21 * time.Minute:             {"21 минута", "21 minutes"},
		time.Hour:                    {"1 час", "1 hour"},
		61 * time.Minute:             {"1 час 5 минут", "1 hour 5 minutes"},
		2*time.Hour + 40*time.Minute: {"2 часа 40 минут", "2 hours 40 minutes"},
		25 * time.Hour:               {"25 часов", "25 hours"},
	} {
		require.Equal(t, want, [2]string{words.In("ru").Wait(d), words.In("en").Wait(d)}, d)
	}
}

func TestOffsets(t *testing.T) {
	require.Equal(t, []string{"UTC+0", "UTC+5", "UTC+5:45", "UTC−3:30"}, []string{words.Offset(0), words.Offset(5 * 3600), words.Offset(5*3600 + 45*60), words.Offset(-3*3600 - 30*60)})
}
