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
		"7/3/58":             "1958-03-07",
		"07.03.1958 г.":      "1958-03-07",
		"седьмое марта 1958": "1958-03-07",
		"Седьмого марта пятьдесят восьмого года":           "1958-03-07",
		"двадцать первое мая тысяча девятьсот девяностого": "1990-05-21",
		"третье января две тысячи первого":                 "2001-01-03",
		"seventh of March 1958":               "1958-03-07",
		"March seventh, nineteen fifty eight": "1958-03-07",
		"the twenty-first of May 1990":        "",
		"twenty-first of May 1990":            "1990-05-21",
		"03/25/1958":                          "1958-03-25",
		"25.03.1958":                          "1958-03-25",
		"03.25.1958":                          "",
		"07031958":                            "1958-03-07",
		"19580307":                            "1958-03-07",
		"19121912":                            "1912-12-19",
		"1 мая 1990г":                         "1990-05-01",
		"2 sept 2001":                         "2001-09-02",
		"31.02.1990":                          "",
		"29.02.2023":                          "",
		"0.1.1990":                            "",
		"13/13/1990":                          "",
		"7 marchandise 1958":                  "",
		"March":                               "",
		"1958":                                "",
		"7.03":                                "",
		"07.03.0058":                          "",
		"":                                    "",
		"7.03.1958 or so":                     "",
		"99999999999-01-01":                   "",
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
		"7": 7, " 3,5 ": 3.5, "3.5": 3.5, "−2": -2, "+4": 4, "7/10": 7, "7 из 10": 7, "8 out of 10": 8, "８": 8,
		"seven": 7, "семь": 7, "about 7": 7, "около 7": 7, "где-то 7": 7, "примерно семь": 7, "7 баллов": 7, "7 баллов из 10": 7, "семь из десяти": 7, "ten out of ten": 10,
		"7,5": 7.5, "семь с половиной": 7.5, "seven and a half": 7.5, "38.6°": 38.6, "сто двадцать пять": 125, "one hundred twenty": 120, "ноль": 0, "Zero": 0,
		"two thousand five hundred": 2500, "~7": 7, "на 7": 7, "about −5": -5, "5.": 5, "-0": 0, "007": 7,
	} {
		got, ok := accept.Number(typed, &ten)
		require.True(t, ok, typed)
		require.InDelta(t, want, got, 1e-9, typed)
	}
	for _, typed := range []string{"", "7-8", "7 of 12", "more than 7", "больше семи", "семь восемь", "seven eight", "минус пять", "7 лет", "1e9", "NaN", "Inf", "0x10", "1,2,3", "--1", "12345678901234567890"} {
		_, ok := accept.Number(typed, &ten)
		require.False(t, ok, typed)
	}
	_, ok := accept.Number("7/10", nil)
	require.False(t, ok, "a fraction where there is no scale")
}

func TestPhones(t *testing.T) {
	for typed, want := range map[string]string{
		"+7 916 123-45-67":           "+79161234567",
		"8 (916) 123-45-67":          "+79161234567",
		"89161234567":                "+79161234567",
		"9161234567":                 "+79161234567",
		"7 916 123 45 67":            "+79161234567",
		"00 49 30 123456":            "+4930123456",
		"0 0 49 30 123456":           "+4930123456",
		"+44 20 7946 0000":           "+442079460000",
		"тел. 8 916 1234567":         "+79161234567",
		"мой номер 89161234567":      "+79161234567",
		"Телефон: 8 916 123-45-67":   "+79161234567",
		"my number is 8 916 1234567": "+79161234567",
		"tel:+1-555-010-0000":        "+15550100000",
		"+７９１６１２３４５６７":               "+79161234567",
		"123-45-67":                  "1234567",
	} {
		got, ok := accept.Phone(typed, "+7 495 000-00-00")
		require.True(t, ok, typed)
		require.Equal(t, want, got, typed)
	}
	for _, typed := range []string{"", "103", "call me", "+", "8 916 123 45 67 89 01 23 45", "123+4567890", "1234567; drop", "no phone 1234567", "+7-916-123-45-6", "+7 916 123 45 678", "8916123456", "0 000000 0 0", "+0 30 1234567"} {
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
	choices := []accept.Known{
		accept.Know("doctor", "I need a doctor now", "Нужен врач сейчас"),
		accept.Know("book", "Book a time", "Записаться на время"),
		accept.Know("other", "Book a taxi", "Ещё что-то"),
	}
	for typed, want := range map[string]string{
		"doctor": "doctor", "I NEED a doctor, now!": "doctor", "нужен врач": "doctor", "ЗАПИСАТЬСЯ": "book", "еще что то": "other",
		"book a time": "book", "book": "book", "book a": "", "not a doctor": "", "doc": "", "": "", "!!!": "", "I": "", "записа": "book", "1": "doctor", "второй": "book", "second": "book", "вариант 3": "other", "номер два": "book", "№ 2": "book", "4": "", "0": "", "№2": "book", "2)": "book", "2-й": "book", "3rd": "other", "the last one": "other",
		"врача": "doctor", "доктор": "", "мне нужен врач, пожалуйста": "doctor", "запишите на время": "", "запсаться": "book", "записаться": "book", "не записаться": "", "taxi": "other", "такси": "",
	} {
		got, ok := accept.Option(typed, choices)
		require.Equal(t, want != "", ok, typed)
		if ok {
			require.Equal(t, want, got, typed)
		}
	}
}

// TestWordsThatSayNothingMaySayMuch: what is left out elsewhere is an option
// here.
func TestWordsThatSayNothingMaySayMuch(t *testing.T) {
	choices := []accept.Known{accept.Know("me", "Мне", "Me"), accept.Know("child", "Моему ребёнку", "My child")}
	for typed, want := range map[string]string{
		"мне": "me", "мне, пожалуйста": "me", "ребенку": "child", "для ребёнка": "child", "for my child": "child", "мне и ребенку": "", "не мне": "", "сыну": "", "both": "",
	} {
		got, ok := accept.Option(typed, choices)
		require.Equal(t, want != "", ok, typed)
		if ok {
			require.Equal(t, want, got, typed)
		}
	}
}

func TestYesAndNo(t *testing.T) {
	for typed, want := range map[string]bool{
		"Yes": true, "yes!": true, "Да.": true, "ага": true, "да, болит": true, "Да, со вчерашнего дня": true, "yes, since Monday": true, "Yes I do": true, "угу": true,
		"no": false, "Нет, спасибо": false, "nope": false, "нет, не болит": false, "Нет. Ничего не болит": false, "no, it does not hurt": false, "No I don't": false,
		"конечно нет": false, "нет, слава богу": false, "нет, нету": false,
	} {
		got, ok := accept.YesNo(typed)
		require.True(t, ok, typed)
		require.Equal(t, want, got, typed)
	}
	for _, typed := range []string{
		"", "maybe", "yes and no", "да нет", "1", "нет, но давит", "нет, болит", "да, но прошло", "наверное да", "вроде нет", "нет наверное", "no, but it aches",
		"yes or no", "не знаю", "не болит", "no, not sure", "нет боль не проходит уже давно и сильно", "нет, боль не проходит", "да никогда не болело",
	} {
		_, ok := accept.YesNo(typed)
		require.False(t, ok, typed)
	}
}

func TestSeveralOptions(t *testing.T) {
	choices := []accept.Known{
		accept.Know("fever", "Fever", "Температура"),
		accept.Know("cough", "Cough", "Кашель"),
		accept.Know("rash", "Rash", "Сыпь"),
		accept.Know("speech", "Slurred speech, a weak arm", "Нарушилась речь, ослабла рука"),
		accept.Know("other", "Something else", "Другое"),
	}
	for typed, want := range map[string][]string{
		"fever":                {"fever"},
		"fever, cough":         {"fever", "cough"},
		"Температура и кашель": {"fever", "cough"},
		"у меня температура, кашель!": {"fever", "cough"},
		"температуры; кашля":          {"fever", "cough"},
		"сыпи":                        {"rash"},
		"1 и 3":                       {"fever", "rash"},
		"1,3":                         {"fever", "rash"},
		"1 3":                         {"fever", "rash"},
		"first and third":             {"fever", "rash"},
		"первое и третье":             {"fever", "rash"},
		"3, 1, 3":                     {"rash", "fever"},
		"fever + coughing":            {"fever", "cough"},
		"tempeature":                  nil,
		"Температуа":                  {"fever"},
		"Нарушилась речь, ослабла рука":               {"speech"},
		"кашель, нарушилась речь, ослабла рука, сыпь": {"cough", "speech", "rash"},
		"слабая рука":        nil,
		"weak arm":           {"speech"},
		"fever but no cough": nil,
		"температура, кашля нет": nil,
		"не кашель":              nil,
		"без температуры":        nil,
		"кашель и насморк":       nil,
		"":                       nil,
		",":                      nil,
		"1, 9":                   nil,
	} {
		got, ok := accept.Options(typed, choices)
		require.Equal(t, want != nil, ok, typed)
		if ok {
			require.Equal(t, want, got, typed)
		}
	}
}

// TestAWordThatTurnsRoundCounts: what denies is never taken for what it denies,
// nor the other way round.
func TestAWordThatTurnsRoundCounts(t *testing.T) {
	choices := []accept.Known{accept.Know("some", "Боль в спине"), accept.Know("none", "Спина не болит"), accept.Know("known", "Принимаю лекарства"), accept.Know("nothing", "Лекарства не принимаю")}
	for typed, want := range map[string]string{
		"спина": "", "спина болит": "", "спина не болит": "none", "не болит": "none", "лекарства": "", "принимаю": "known", "не принимаю": "nothing",
	} {
		got, ok := accept.Option(typed, choices)
		require.Equal(t, want != "", ok, typed)
		if ok {
			require.Equal(t, want, got, typed)
		}
	}
}

// TestNumbersOfOptionsAreNotGuessed: where options speak of numbers themselves.
func TestNumbersOfOptionsAreNotGuessed(t *testing.T) {
	choices := []accept.Known{accept.Know("two", "2 раза"), accept.Know("once", "1 раз"), accept.Know("more", "Три раза")}
	for _, typed := range []string{"1", "2", "второй"} {
		_, ok := accept.Option(typed, choices)
		require.False(t, ok, typed)
	}
	got, ok := accept.Option("2 раза", choices)
	require.True(t, ok)
	require.Equal(t, "two", got)
}

func TestAConsentIsNamed(t *testing.T) {
	choices := []accept.Known{accept.Know("agree", "Согласен"), accept.Know("refuse", "Не согласен")}
	for typed, want := range map[string]string{"согласен": "agree", "Не согласен": "refuse", "1": "", "согласна": "", "первое": ""} {
		got, ok := accept.Named(typed, choices)
		require.Equal(t, want != "", ok, typed)
		if ok {
			require.Equal(t, want, got, typed)
		}
	}
}

func TestDaysThatAreNear(t *testing.T) {
	for typed, want := range map[string]string{
		"вчера": "2027-02-14", "Вчера.": "2027-02-14", "yesterday": "2027-02-14", "сегодня": "2027-02-15", "позавчера": "2027-02-13", "tomorrow": "2027-02-16",
		"3 дня назад": "2027-02-12", "три дня назад": "2027-02-12", "3 days ago": "2027-02-12", "неделю назад": "2027-02-08", "a week ago": "2027-02-08",
		"2 weeks ago": "2027-02-01", "день назад": "2027-02-14", "7 марта": "2026-03-07", "14 февраля": "2027-02-14", "March 7": "2026-03-07", "1.02": "2027-02-01",
		"29 февраля": "2024-02-29", "седьмое марта": "2026-03-07",
		"давно": "", "назад": "", "5 лет назад": "", "32 марта": "", "": "", "в понедельник": "", "1.13": "",
	} {
		day, ok := accept.Near(typed, today, accept.Past)
		got := ""
		if ok {
			got = day.Format(time.DateOnly)
		}
		require.Equal(t, want, got, typed)
	}
	day, ok := accept.Near("7 марта", today, accept.Nearest)
	require.True(t, ok)
	require.Equal(t, "2027-03-07", day.Format(time.DateOnly))
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
		_, _ = accept.Near(s, today, accept.Nearest)
		_, _ = accept.Option(s, []accept.Known{accept.Know("a", s, "Кашель"), accept.Know("b", "Cough")})
		_, _ = accept.Options(s, []accept.Known{accept.Know("a", "Кашель"), accept.Know("b", "Cough")})
		if day, ok := accept.Date(s, today, accept.Past); ok {
			again, ok := accept.Date(day.Format(time.DateOnly), today, accept.Past)
			require.True(rt, ok)
			require.Equal(rt, day, again)
		}
		require.Equal(rt, accept.Text(s), accept.Text(accept.Text(s)))
		require.Equal(rt, accept.Fold(s), accept.Fold(accept.Fold(s)))
	})
}
