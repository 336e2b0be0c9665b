//go:build browser

package e2e

import "time"

// visitOf is an appointment as it stands in a list.
func (s script) visitOf(id, state string, in time.Duration, more map[string]any) map[string]any {
	b := map[string]any{"id": id, "state": state, "start": ahead(in), "length": 1200, "department": "gp", "doctor": "doctor1", "doctor_name": "Doctor One", "how": "page"}
	for k, v := range more {
		b[k] = v
	}
	return b
}

func (s script) name(n int) string {
	return []words{{"Patient One", "Пациент Первый"}, {"Patient Two", "Пациентка Вторая"}, {"Patient Three", "Пациент Третий"}, {"Patient Four", "Пациентка Четвёртая"}}[n-1].in(s.l)
}

// offered is somebody who is offered to this doctor for so long yet.
func (s script) offered(id string, n int, left time.Duration, more map[string]any) map[string]any {
	h := s.head(id, s.name(n), map[string]any{"purpose": "video", "way": "page", "offer": map[string]any{"doctor": "doctor1", "name": "Doctor One", "department": "gp", "until": ahead(left)}})
	for k, v := range more {
		h[k] = v
	}
	return h
}

// mine is a conversation that this doctor has.
func (s script) mine(more map[string]any) map[string]any {
	h := s.head("c1", s.name(1), map[string]any{"phase": "consulting", "doctor": "doctor1", "doctor_name": "Doctor One"})
	for k, v := range more {
		h[k] = v
	}
	return h
}

// consulting is the journal of a conversation that this doctor has.
func (s script) consulting(more ...fact) []fact {
	all := append(s.triage(), s.queued(nil), fact{"doctor.assigned", "system", map[string]any{"doctor": "doctor1", "name": "Doctor One", "department": "gp", "why": "least_busy"}},
		fact{"message.sent", "patient", map[string]any{"text": words{"It hurts more at night.", "Ночью болит сильнее."}.in(s.l)}})
	return append(all, more...)
}

func inCall(more ...fact) []fact {
	of := func(kind, by string, body map[string]any) fact {
		body["call"] = "k1"
		return fact{kind, by, body}
	}
	return append([]fact{
		of("call.requested", "doctor", map[string]any{"how": "page", "attempt": 1}), of("call.ready", "system", map[string]any{"attempt": 1}),
		of("call.joined", "system", map[string]any{"who": "patient"}), of("call.joined", "system", map[string]any{"who": "doctor"}),
	}, more...)
}

// board is a clinic on a busy morning: seats sold out, a queue without a doctor, a
// promise that is broken and one about to be.
func (s script) board() map[string]any {
	return map[string]any{
		"at": ahead(0),
		"departments": []any{
			map[string]any{"id": "gp", "waiting": 10, "oldest": ahead(-42 * time.Minute), "on_duty": 2, "open": true},
			map[string]any{"id": "duty", "waiting": 1, "oldest": ahead(-3 * time.Minute), "on_duty": 0, "open": false},
		},
		"waits": []any{
			s.head("c7", s.name(4), map[string]any{"priority": "emergency", "department": "duty", "since": ahead(-3 * time.Minute)}),
			s.offered("c8", 2, 40*time.Second, map[string]any{"since": ahead(-42 * time.Minute), "offer": map[string]any{"doctor": "doctor2", "name": "Doctor Two", "department": "gp", "until": ahead(40 * time.Second)}}),
			s.head("c9", s.name(3), map[string]any{"priority": "urgent"}),
		},
		"promises": []any{
			map[string]any{"conversation": "c3", "kind": "callback", "by": ahead(-7 * time.Minute), "department": "gp", "patient": s.name(3), "broken": true},
			map[string]any{"conversation": "c8", "kind": "offer", "by": ahead(40 * time.Second), "department": "gp", "doctor": "doctor2", "patient": s.name(2)},
			map[string]any{"conversation": "c1", "kind": "reply", "by": ahead(9 * time.Minute), "department": "gp", "doctor": "doctor1", "patient": s.name(1)},
			map[string]any{"conversation": "c5", "kind": "booking", "by": ahead(49 * time.Hour), "department": "gp", "doctor": "doctor1", "patient": s.name(2)},
		},
		"doctors": []any{
			map[string]any{"login": "doctor1", "name": "Doctor One", "departments": []string{"gp", "duty"}, "here": true, "duty": "on", "open": 3, "most": 3, "in_call": true, "next": ahead(49 * time.Hour)},
			map[string]any{"login": "doctor2", "name": "Doctor Two", "departments": []string{"gp"}, "here": true, "duty": "on", "open": 1, "most": 3, "ringing": "c8"},
			map[string]any{"login": "doctor3", "name": "Doctor Three", "departments": []string{"gp"}, "here": true, "duty": "away", "missed": true, "open": 0, "most": 3},
			map[string]any{"login": "doctor4", "name": "Doctor Four", "departments": []string{"duty"}, "here": false, "duty": "on", "open": 0, "most": 3},
		},
		"more":  map[string]any{"waits": 8, "promises": 0, "tasks": 0},
		"seats": map[string]any{"used": 2, "held": 1, "seats": 3, "rooms": 2, "max_calls": 4, "waiting": 1},
		"tasks": []any{
			s.head("c5", s.name(2), map[string]any{"phase": "parked", "bookings": []any{s.visitOf("b5", "booked", 49*time.Hour, map[string]any{"doctor": "doctor5", "doctor_name": "Doctor Five"})},
				"tasks": []any{map[string]any{"task": "t1", "kind": "booking", "at": ahead(-time.Hour), "booking": "b5"}}}),
			s.head("c6", s.name(4), map[string]any{"phase": "parked", "tasks": []any{map[string]any{"task": "t2", "kind": "tell", "at": ahead(-time.Minute), "detail": "+7 916 ••• 03"}}}),
		},
	}
}

// freeTimes are two days on which a visit can be booked.
func freeTimes() map[string]any {
	day := time.Now().UTC().Truncate(24 * time.Hour)
	on := func(n int) map[string]any {
		var starts []string
		for i := range 7 {
			starts = append(starts, day.AddDate(0, 0, n).Add(8*time.Hour+time.Duration(i)*20*time.Minute).Format(time.RFC3339))
		}
		return map[string]any{"day": day.AddDate(0, 0, n).Format(time.DateOnly), "starts": starts}
	}
	return map[string]any{"zone": "UTC", "length": 1200, "days": []any{on(1), on(2), on(5)}}
}
