package accept_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bedside/flows/internal/accept"
)

var today = time.Date(2027, 2, 15, 0, 0, 0, 0, time.UTC)

func TestDates(t *testing.T) {
	for typed, want := range map[string]string{
		"1958-03-07":         "1958-03-07",
		"7.03.1958":          "1958-03-07",
		"07/03/1958":         "1958-03-07",
		"7 3 1958":           "1958-03-07",
		"7 March 1958":       "1958-03-07",
		"7th of March, 1958": "1958-03-07",
		"March 7, 1958":      "1958-03-07",
		"7 mar 58":           "1958-03-07",
		"7 марта 1958":       "1958-03-07",
		"7 Марта 1958 года":  "1958-03-07",
		"7 март 58 г.":       "1958-03-07",
		"7.3.58":             "1958-03-07",
		" ٧/٣/١٩٥٨ ":         "1958-03-07",
		"15.02.27":           "2027-02-15",
		"16.02.27":           "1927-02-16",
		"29.02.2024":         "2024-02-29",
		"1 мая 1990г":        "1990-05-01",
		"2 sept 2001":        "2001-09-02",
		"31.02.1990":         "",
		"29.02.2023":         "",
		"0.1.1990":           "",
		"13/13/1990":         "",
		"7 marchandise 1958": "",
		"March":              "",
		"1958":               "",
		"7.03":               "",
		"07.03.0058":         "",
		"":                   "",
		"7.03.1958 or so":    "",
		"99999999999-01-01":  "",
	} {
		day, ok := accept.Date(typed, today, accept.Past)
		got := ""
		if ok {
			got = day.Format(time.DateOnly)
		}
		require.Equal(t, want, got, typed)
	}
}

func TestTwoFiguresOfAYear(t *testing.T) {
	for typed, want := range map[string]int{"1.1.58": 2058, "1.1.99": 1999, "1.1.28": 2028, "1.1.26": 2026} {
		day, ok := accept.Date(typed, today, accept.Nearest)
		require.True(t, ok)
		require.Equal(t, want, day.Year(), typed)
	}
}

func TestNumbers(t *testing.T) {
	ten := 10.0
	for typed, want := range map[string]float64{
		"7": 7, " 3,5 ": 3.5, "3.5": 3.5, "−2": -2, "+4": 4, "7/10": 7, "7 из 10": 7, "8 out of 10": 8, "８": 8, "5.": 5, "-0": 0, "007": 7,
	} {
		got, ok := accept.Number(typed, &ten)
		require.True(t, ok, typed)
		require.InDelta(t, want, got, 1e-9, typed)
	}
	for _, typed := range []string{"", "seven", "7-8", "7 of 12", "about 7", "1e9", "NaN", "Inf", "0x10", "1,2,3", "--1", "12345678901234567890"} {
		_, ok := accept.Number(typed, &ten)
		require.False(t, ok, typed)
	}
	_, ok := accept.Number("7/10", nil)
	require.False(t, ok, "a fraction where there is no scale")
}

func TestPhones(t *testing.T) {
	for typed, want := range map[string]string{
		"+7 916 123-45-67":    "+79161234567",
		"8 (916) 123-45-67":   "+79161234567",
		"89161234567":         "+79161234567",
		"9161234567":          "+79161234567",
		"7 916 123 45 67":     "+79161234567",
		"00 49 30 123456":     "+4930123456",
		"+44 20 7946 0000":    "+442079460000",
		"тел. 8 916 1234567":  "+79161234567",
		"tel:+1-555-010-0000": "+15550100000",
		"+７９１６１２３４５６７":        "+79161234567",
		"123-45-67":           "1234567",
	} {
		got, ok := accept.Phone(typed, "+7 495 000-00-00")
		require.True(t, ok, typed)
		require.Equal(t, want, got, typed)
	}
	for _, typed := range []string{"", "103", "call me", "+", "8 916 123 45 67 89 01 23 45", "123+4567890", "1234567; drop", "no phone 1234567"} {
		_, ok := accept.Phone(typed, "+7 495 000-00-00")
		require.False(t, ok, typed)
	}
	got, ok := accept.Phone("030 1234567", "+49 30 0000000")
	require.True(t, ok)
	require.Equal(t, "0301234567", got, "national forms of other countries stay as they are")
}

func TestEmails(t *testing.T) {
	for typed, want := range map[string]string{
		"a.b@Example.ORG":        "a.b@example.org",
		" mailto:a@example.org ": "a@example.org",
		"<a@example.org>":        "a@example.org",
		"почта@пример.рф":        "почта@пример.рф",
	} {
		got, ok := accept.Email(typed)
		require.True(t, ok, typed)
		require.Equal(t, want, got)
	}
	for _, typed := range []string{"", "a", "a@b", "a@@b.c", "a b@c.de", "A <a@example.org>", "a@[127.0.0.1]", "a@example.org\r\nBcc: x@y.z", "@example.org"} {
		_, ok := accept.Email(typed)
		require.False(t, ok, typed)
	}
}

func TestOptions(t *testing.T) {
	choices := []accept.Choice{
		{ID: "doctor", Texts: []string{"I need a doctor now", "Нужен врач сейчас"}},
		{ID: "book", Texts: []string{"Book a time", "Записаться на время"}},
		{ID: "other", Texts: []string{"Book a taxi", "Ещё что-то"}},
	}
	for typed, want := range map[string]string{
		"doctor": "doctor", "I NEED a doctor, now!": "doctor", "нужен врач": "doctor", "ЗАПИСАТЬСЯ": "book", "еще что то": "other",
		"book a time": "book", "book": "book", "book a": "", "not a doctor": "", "doc": "", "": "", "!!!": "", "I": "", "записа": "",
	} {
		got, ok := accept.Option(typed, choices)
		require.Equal(t, want != "", ok, typed)
		if ok {
			require.Equal(t, want, got, typed)
		}
	}
}

func TestYesAndNo(t *testing.T) {
	for typed, want := range map[string]bool{"Yes": true, "yes!": true, "Да.": true, "ага": true, "no": false, "Нет, спасибо": false, "nope": false} {
		got, ok := accept.YesNo(typed)
		require.True(t, ok, typed)
		require.Equal(t, want, got, typed)
	}
	for _, typed := range []string{"", "maybe", "yes and no", "да нет", "1"} {
		_, ok := accept.YesNo(typed)
		require.False(t, ok, typed)
	}
}

func TestTextLosesWhatCannotBeSeen(t *testing.T) {
	require.Equal(t, "Anna", accept.Text(" \u202eAn\x00na\ufeff\t"))
	require.Equal(t, "a\nb", accept.Text("a\r\nb\n"))
	require.Equal(t, "\u00e9", accept.Text("e\u0301"))
}

func TestAnythingTypedIsSettled(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := rapid.String().Draw(rt, "typed")
		_, _ = accept.Number(s, nil)
		_, _ = accept.Phone(s, "+7")
		_, _ = accept.Email(s)
		_, _ = accept.YesNo(s)
		if day, ok := accept.Date(s, today, accept.Past); ok {
			again, ok := accept.Date(day.Format(time.DateOnly), today, accept.Past)
			require.True(rt, ok)
			require.Equal(rt, day, again)
		}
		require.Equal(rt, accept.Text(s), accept.Text(accept.Text(s)))
		require.Equal(rt, accept.Fold(s), accept.Fold(accept.Fold(s)))
	})
}
