//go:build browser

package e2e

import (
	"testing"
	"time"
)

// words are a text in the language of a walk.
type words struct{ en, ru string }

func (w words) in(language string) string {
	if language == "ru" {
		return w.ru
	}
	return w.en
}

// script is what a flow asks, promises and raises, in one language.
type script struct {
	t *testing.T
	l string
}

func (s script) said(en, ru string, more map[string]any) fact {
	body := map[string]any{"text": words{en, ru}.in(s.l), "lang": s.l}
	for k, v := range more {
		body[k] = v
	}
	return fact{"bot.said", "bot", body}
}

func (s script) asked(step, kind, en, ru string, more map[string]any) fact {
	f := s.said(en, ru, more)
	f.kind = "bot.asked"
	f.body["step"], f.body["type"] = step, kind
	return f
}

func (s script) option(id, en, ru string) map[string]any {
	return map[string]any{"id": id, "text": words{en, ru}.in(s.l)}
}

func (s script) hello() fact {
	return s.said("Hello! This is Harbour Clinic.", "Здравствуйте! Это клиника «Гавань».", nil)
}

func (s script) consent() fact {
	title := words{"Consent to the processing of personal data", "Согласие на обработку персональных данных"}.in(s.l)
	return s.asked("hello/1", "consent", "Consent to the processing of personal data", "Согласие на обработку персональных данных", map[string]any{
		"consent": map[string]any{"id": "privacy", "title": title, "document": document(s.t, s.l), "version": "2026-01", "sha256": "x"},
		"options": []any{s.option("agree", "I agree", "Согласен"), s.option("refuse", "I do not agree", "Не согласен")},
	})
}

func (s script) agreed() fact {
	return fact{"consent.given", "patient", map[string]any{"step": "hello/1", "consent": "privacy", "version": "2026-01", "agreed": true, "text": words{"I agree", "Согласен"}.in(s.l)}}
}

func (s script) symptoms() fact {
	return s.asked("triage/6", "choices", "What is the trouble? Choose all that apply.", "Что беспокоит? Можно выбрать несколько.", map[string]any{
		"back": true, "optional": true,
		"options": []any{s.option("fever", "Fever", "Температура"), s.option("cough", "Cough", "Кашель"), s.option("rash", "Rash", "Сыпь"),
			s.option("speech", "Slurred speech, a weak arm", "Нарушилась речь, ослабла рука"), s.option("other", "Something else", "Другое")},
	})
}

func (s script) chose(slot string, value any, en, ru string, red bool) fact {
	body := map[string]any{"step": slot, "slot": slot, "value": value, "text": words{en, ru}.in(s.l), "label": map[string]any{"en": "Symptoms", "ru": "Жалобы"}}
	if red {
		body["red_flag"] = true
	}
	return fact{"answer.given", "patient", body}
}

func (s script) pain() fact {
	return s.asked("triage/8", "number", "How strong is the pain, from 0 to 10?", "Насколько сильна боль, от 0 до 10?", map[string]any{"show": "scale", "min": 0, "max": 10, "back": true})
}

func (s script) times() fact {
	day := time.Now().Truncate(24 * time.Hour).Add(33 * time.Hour)
	var all []any
	for d := range 3 {
		for i := range 5 {
			at := day.Add(time.Duration(d)*24*time.Hour + time.Duration(i)*20*time.Minute).UTC().Format(time.RFC3339)
			all = append(all, map[string]any{"id": at, "text": at})
		}
	}
	return s.asked("booking/2", "times", "When would it suit you?", "Когда вам удобно?", map[string]any{
		"options": append(all, s.option("none", "None of these", "Ничего не подходит")),
	})
}

func (s script) raised() fact {
	return fact{"emergency.raised", "system", map[string]any{"by": "red_flag", "phone": "112", "department": "duty", "title": words{"doctor on duty", "дежурный врач"}.in(s.l), "priority": "emergency"}}
}

func (s script) danger() fact {
	return s.said("This may be dangerous. Call 112 now.", "Это может быть опасно. Звоните 112 прямо сейчас.",
		map[string]any{"buttons": []any{map[string]any{"call": "112", "text": words{"Call 112", "Позвонить 112"}.in(s.l)}}})
}

func (s script) howAreYou() fact {
	return s.asked("emergency/2", "choice", "We are calling a doctor. How are you?", "Мы уже зовём врача. Как вы?", map[string]any{
		"options": []any{s.option("stay", "I'll call, but stay with me", "Позвоню, но останьтесь на связи"), s.option("mistake", "Not an emergency, go on", "Это не срочно, продолжим")},
	})
}

func (s script) queued(more map[string]any) fact {
	body := map[string]any{"department": "gp", "title": words{"general practitioner", "терапевт"}.in(s.l), "step": "route/1"}
	for k, v := range more {
		body[k] = v
	}
	return fact{"queue.joined", "bot", body}
}

func (s script) rung() []fact {
	return []fact{
		s.said("We are looking for a doctor. You are number 3, about 7 minutes.", "Ищем врача. Вы 3-й в очереди, примерно 7 минут.", nil),
		s.asked("ladder.doctor/3", "choice", "The doctors are still busy. You keep your place. What shall we do?", "Врачи ещё заняты. Место в очереди за вами. Как поступим?", map[string]any{
			"options": []any{s.option("wait", "I'll wait", "Подожду"), s.option("book", "Book a time", "Записаться на время"), s.option("call", "Call me back", "Перезвоните мне")},
		}),
	}
}

func (s script) promised(in time.Duration) fact {
	return fact{"callback.promised", "bot", map[string]any{
		"department": "gp", "title": words{"general practitioner", "терапевт"}.in(s.l), "phone": "+7 916 000-00-01", "by": time.Now().Add(in).UTC().Format(time.RFC3339),
	}}
}

func (s script) booked() fact {
	return fact{"booking.made", "bot", map[string]any{
		"department": "gp", "title": words{"general practitioner", "терапевт"}.in(s.l), "length": 1200, "text": "",
		"start": time.Now().Truncate(time.Hour).Add(26 * time.Hour).UTC().Format(time.RFC3339),
	}}
}

func parked(why string) fact {
	return fact{"conversation.parked", "system", map[string]any{"why": why}}
}

// What a flow asks, promises and raises, as a patient sees it: every state on a
// phone and a desk, by light and in the dark, in both languages, held to WCAG.
func TestWhatAFlowShowsPatients(t *testing.T) {
	t.Parallel() // one of the long ones
	axe := checker(t)
	th := newTheatre(t)
	for _, language := range []string{"en", "ru"} {
		t.Run(language, func(t *testing.T) {
			s := script{t, language}
			p := sit(t, "patient", look{width: 390, height: 844, language: language})
			for name, facts := range s.patientStates() {
				th.panel(p, language, facts...)
				if name == "rating" {
					p.press(th.host, `[data-stars="4"]`)
				}
				p.everyway(th.host, "flow-"+name+"-"+language)
				p.accessible(th.host, axe, name)
			}
		})
	}
}

// The same in a language of the other direction.
func TestWhatAFlowShowsFromRightToLeft(t *testing.T) {
	th := newTheatre(t)
	p := sit(t, "patient", look{width: 390, height: 844})
	for name, facts := range (script{t, "en"}).patientStates() {
		th.panel(p, pseudo, facts...)
		p.isWhole(th.host, "rtl-flow-"+name)
	}
}

func (s script) patientStates() map[string][]fact {
	fever := s.chose("symptoms", []any{"fever", "cough"}, "Fever, Cough", "Температура, Кашель", false)
	red := s.chose("chest", "yes", "Yes", "Да", true)
	chest := s.asked("triage/1", "yes_no", "Is there pain or pressure in the chest?", "Есть боль или тяжесть в груди?", nil)
	assigned := fact{"doctor.assigned", "system", map[string]any{"name": "Doctor One", "department": "gp"}}
	return map[string][]fact{
		"consent":   {s.hello(), s.consent()},
		"choices":   {s.hello(), s.consent(), s.agreed(), s.symptoms()},
		"scale":     {s.hello(), s.symptoms(), fever, s.pain()},
		"times":     {s.hello(), s.times()},
		"emergency": {s.hello(), chest, red, s.raised(), s.danger(), s.howAreYou()},
		"alarmed": {s.hello(), s.queued(nil), assigned, {"message.sent", "patient", map[string]any{"text": words{"chest pain", "боль в груди"}.in(s.l)}},
			{"emergency.raised", "system", map[string]any{"by": "word", "phone": "112", "department": "duty", "priority": "emergency", "card": true}}},
		"rung":     append([]fact{s.hello(), s.queued(nil)}, s.rung()...),
		"decline":  {s.hello(), s.queued(map[string]any{"purpose": "video", "declinable": true, "priority": "urgent"})},
		"callback": {s.hello(), s.promised(2 * time.Hour), s.said("If it gets worse, do not wait: 112.", "Если станет хуже, не ждите: 112.", nil), parked("callback")},
		"booked":   {s.hello(), s.booked(), parked("booking")},
		"rating":   {s.hello(), {"conversation.closed", "system", map[string]any{"why": "end", "rate": true}}},
	}
}
