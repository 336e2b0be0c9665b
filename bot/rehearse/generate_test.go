package rehearse_test

import (
	"fmt"
	"strings"

	"pgregory.net/rapid"

	"bedside/flows"
)

// flowMaker writes a sound flow by chance: parts that lead forward, or back over
// a question, each with a way to a doctor or to a promise.
type flowMaker struct {
	r     *rapid.T
	b     strings.Builder
	slots []madeSlot
	parts int
	asked []string // of the part at hand: the slots that have surely been met
}

type madeSlot struct {
	id, kind string
	optional bool
}

func (m *flowMaker) one(of ...string) string { return rapid.SampledFrom(of).Draw(m.r, "one") }
func (m *flowMaker) chance(n int) bool       { return rapid.IntRange(1, n).Draw(m.r, "chance") == 1 }
func (m *flowMaker) put(format string, args ...any) {
	fmt.Fprintf(&m.b, format+"\n", args...)
}

// said is a text in both languages.
func said(words string) string {
	return fmt.Sprintf("{en: %q, ru: %q}", words, "По-русски: "+words)
}

const madeHead = `bedside: 1
languages: [en, ru]
clinic:
  name:  {en: "Rassvet Clinic", ru: "Клиника «Рассвет»"}
  phone: "+7 495 000-00-00"
  zone:  Europe/Moscow
  alert: lead
emergency:
  phone: "103"
  offer_to: duty
  words: {en: ["chest pain", "faint*"], ru: ["боль в груди"]}
hours:
  clinic: {mon-fri: ["08:00-12:00", "13:00-20:00"], sat: "09:00-14:00"}
consents:
  privacy:
    title:    {en: "Consent", ru: "Согласие"}
    document: {en: privacy.md, ru: privacy.md}
    version:  "1"
    valid:    365d
fragments:
  contact:
    - ask: name
    - ask: phone
  deeper:
    - use: contact
    - ask: mail`

// makeFlow draws a flow.
func makeFlow(r *rapid.T) ([]flows.File, string) {
	m := &flowMaker{r: r, parts: rapid.IntRange(2, 6).Draw(r, "parts")}
	m.put("%s", madeHead)
	m.put("departments:")
	for _, id := range []string{"gp", "kids", "duty"} {
		hours := "always"
		if id != "duty" {
			hours = m.one("always", "clinic")
		}
		m.put("  %s: {title: %s, hours: %s, answer_within: 1m, reply_within: %dm, booking: {length: 30m, from: 1h, until: 3d}}",
			id, said("the "+id), hours, rapid.IntRange(1, 10).Draw(r, "reply"))
	}
	m.makeSlots()
	m.makeLadders()
	if m.chance(2) {
		m.put("silence:\n  - after: 5m\n    say: %s\n  - after: 24h\n    end: %s", said("Still there?"), said("Closed. Write and it goes on, or call {clinic.phone}."))
	}
	m.put("flows:\n  visit: {start: part_1, title: %s}\n  second: {start: part_%d, title: %s}", said("Visit"), m.parts, said("Second"))
	m.put("parts:")
	for i := 1; i <= m.parts; i++ {
		m.makePart(i)
	}
	m.put("%s", madeTail)
	return []flows.File{
		{Path: "made.yaml", Data: []byte(m.b.String())},
		{Path: "privacy.md", Data: []byte("We keep what you tell us.\n")},
	}, m.b.String()
}

const madeTail = `  emergency:
    - say: {en: "Call {emergency.phone} now.", ru: "Звоните {emergency.phone}."}
      buttons:
        - {call: "{emergency.phone}", text: {en: "Call", ru: "Позвонить"}}
    - choose: {en: "How are you?", ru: "Как вы?"}
      options:
        - {id: stay, goto: duty_now, text: {en: "Stay", ru: "Останьтесь"}}
        - {id: mistake, goto: resume, text: {en: "A mistake", ru: "Ошибка"}}
  duty_now:
    - hand_over: duty
      priority: urgent
      ladder: short
      nobody: callback
    - end: {en: "Get well.", ru: "Поправляйтесь."}
  shut:
    - choose: {en: "Nobody is here.", ru: "Никого нет."}
      options:
        - {id: call, goto: callback, text: {en: "Call me", ru: "Перезвоните"}}
        - {id: book, goto: booking, text: {en: "A time", ru: "Время"}}
        - {id: leave, goto: goodbye, text: {en: "Nothing", ru: "Ничего"}}
  booking:
    - use: contact
    - book: gp
      none: callback
    - end: {en: "Booked.", ru: "Записали."}
  callback:
    - use: contact
    - callback: gp
      within: 2h
      tell: {en: "We will call {phone}.", ru: "Позвоним {phone}."}
    - end: {en: "If it gets worse call {emergency.phone}.", ru: "Если хуже, {emergency.phone}."}
  goodbye:
    - end: {en: "Call {clinic.phone}, in danger {emergency.phone}.", ru: "Телефон {clinic.phone}, {emergency.phone}."}`

func (m *flowMaker) makeSlots() {
	m.put("slots:")
	m.put("  name: {type: text, max: 80, fills: patient.name, label: %s, ask: %s}", said("Name"), said("Your name?"))
	m.put("  phone: {type: phone, fills: patient.phone, label: %s, ask: %s}", said("Phone"), said("Your number?"))
	m.put("  mail: {type: email, optional: true, label: %s, ask: %s}", said("Mail"), said("Your address?"))
	for i := range rapid.IntRange(1, 6).Draw(m.r, "slots") {
		s := madeSlot{fmt.Sprintf("slot_%d", i+1), m.one("text", "number", "date", "yes_no", "choice", "choices", "files"), m.chance(3)}
		m.slots = append(m.slots, s)
		more := ""
		switch s.kind {
		case "number":
			more = ", min: 0, max: 10" + m.one("", ", show: scale")
		case "yes_no":
			more = m.one("", ", red_flag: true")
		case "choice":
			more = fmt.Sprintf(", options: [{id: a, text: %s}, {id: b, text: %s}]", said("First"), said("Second"))
		case "choices":
			more = fmt.Sprintf(", options: [{id: a, text: %s}, {id: b, text: %s, red_flag: true}, {id: c, text: %s}]", said("First"), said("Second"), said("Third"))
		case "files":
			more = ", kinds: [photo], count: 2, size: 10MB"
		}
		m.put("  %s: {type: %s, optional: %t, label: %s, ask: %s%s}", s.id, s.kind, s.optional, said(s.id), said(s.id+"?"), more)
	}
}

func (m *flowMaker) makeLadders() {
	m.put("ladders:")
	m.put("  short:\n    - {after: 30s, also: gp, alert: lead}\n    - {after: 5m, goto: callback}")
	m.put("  long:")
	at := 0
	for range rapid.IntRange(0, 4).Draw(m.r, "rungs") {
		at += rapid.IntRange(1, 5).Draw(m.r, "after")
		m.put("    - after: %dm", at)
		switch m.one("say", "also", "choose", "goto") {
		case "say":
			m.put("      say: %s", said("We are looking for a doctor."))
		case "also":
			m.put("      also: %s\n      alert: lead", m.one("duty", "kids", "[duty, kids]"))
		case "goto":
			m.put("      goto: %s", m.one("shut", "booking", "callback"))
		default:
			m.put("      choose: %s\n      options:\n        - {id: wait, text: %s}\n        - {id: book, goto: booking, text: %s}\n        - {id: call, goto: callback, text: %s}",
				said("What now?"), said("Wait"), said("Book"), said("Call me"))
		}
	}
	m.put("    - after: %dm\n      goto: callback", at+rapid.IntRange(1, 10).Draw(m.r, "last"))
}

// makePart draws a part: some steps, then what leads away for good.
func (m *flowMaker) makePart(i int) {
	m.put("  part_%d:", i)
	m.asked = nil
	for range rapid.IntRange(0, 4).Draw(m.r, "steps") {
		m.makeStep(i)
	}
	m.makeEnd(i)
}

// makeIf adds a condition, now and then.
func (m *flowMaker) makeIf() {
	if !m.chance(3) {
		return
	}
	condition := m.one(`open("gp")`, `on_duty("kids")`, `not open("kids") or on_duty("gp")`)
	if len(m.asked) > 0 && m.chance(2) {
		condition = "known(" + m.one(m.asked...) + ")"
	}
	m.put("      if: %s", condition)
}

func (m *flowMaker) makeStep(i int) {
	switch m.one("say", "ask", "ask", "consent", "use", "ask", "choose", "goto") {
	case "say":
		m.put("    - say: %s", said("This is {clinic.name}."))
		m.makeIf()
	case "goto":
		m.put("    - goto: emergency")
		m.makeIf()
	case "use":
		m.put("    - use: %s", m.one("contact", "deeper"))
		m.makeIf()
	case "consent":
		m.put("    - consent: privacy\n      refused: goodbye")
		m.makeIf()
	case "choose":
		m.put("    - choose: %s\n      options:\n        - {id: further, text: %s}\n        - {id: back, goto: part_%d, text: %s}",
			said("Where to?"), said("Go on"), rapid.IntRange(1, m.parts).Draw(m.r, "back"), said("There"))
	default:
		s := rapid.SampledFrom(m.slots).Draw(m.r, "slot")
		m.put("    - ask: %s", s.id)
		if s.kind == "yes_no" && m.chance(3) {
			m.put("      if_yes: %s", m.next(i))
		} else if s.kind == "choice" && m.chance(3) {
			m.put("      then: {a: %s}", m.next(i))
		}
		if m.chance(4) {
			m.put("      again: true")
		}
		m.asked = append(m.asked, s.id)
	}
}

// next is a part behind this one, so that no circle goes without a question.
func (m *flowMaker) next(i int) string {
	if i == m.parts {
		return m.one("shut", "callback", "booking", "goodbye", "duty_now")
	}
	return fmt.Sprintf("part_%d", rapid.IntRange(i+1, m.parts).Draw(m.r, "next"))
}

func (m *flowMaker) makeEnd(i int) {
	switch verb := m.one("goto", "hand_over", "video", "book", "callback"); verb {
	case "goto":
		m.put("    - goto: %s", m.next(i))
		return
	case "book":
		m.put("    - book: %s\n      none: callback", m.one("gp", "kids"))
	case "callback":
		m.put("    - callback: %s\n      within: %dh", m.one("gp", "kids"), rapid.IntRange(1, 5).Draw(m.r, "within"))
	default:
		m.put("    - %s: %s\n      ladder: %s\n      closed: shut\n      nobody: %s\n      priority: %s",
			verb, m.one("gp", "kids"), m.one("short", "long"), m.one("shut", "duty_now"), m.one("normal", "urgent"))
		if verb == "video" {
			m.put("      refused: shut")
		}
	}
	m.put("    - end: %s", said("Goodbye. In danger call {emergency.phone}, else {clinic.phone}."))
	if m.chance(2) {
		m.put("      rate: true")
	}
}
