//go:build browser

package e2e

import (
	"testing"
)

// waysFlow is a clinic with a door for each way into a visit. Visits are short, so
// that the first free time is two to seven minutes away at any time of the day: so
// near that the doctor may begin at once, and never over before the test is.
const waysFlow = `bedside: 1
languages: [en, ru]
clinic:
  name:  {en: "Rassvet Clinic", ru: "Клиника «Рассвет»"}
  phone: "+7 495 000-00-00"
  zone:  Europe/Moscow
  alert: lead
emergency: {phone: "103"}
departments:
  gp:
    title: {en: "general practitioner", ru: "терапевт"}
    hours: always
    answer_within: 2m
    reply_within: 10m
    booking: {length: 5m, from: 2m, until: 3d}
  skin:
    title: {en: "dermatologist", ru: "дерматолог"}
    hours: always
slots:
  name:
    type: text
    fills: patient.name
    label: {en: "Name", ru: "Имя"}
    ask:   {en: "What is your name?", ru: "Как вас зовут?"}
ladders:
  doctor:
    - {after: 5m, alert: lead, goto: call}
flows:
  visit: {start: hello, title: {en: "See a doctor", ru: "Врач онлайн"}}
parts:
  hello:
    - ask: name
    - choose: {en: "How would you like to see a doctor?", ru: "Как встретимся с врачом?"}
      options:
        - {id: now,  goto: now,  text: {en: "By video, at once", ru: "По видео, сейчас"}}
        - {id: chat, goto: chat, text: {en: "In the chat", ru: "В чате"}}
        - {id: book, goto: book, text: {en: "At a time that I choose", ru: "В удобное время"}}
  now:
    - video: gp
      tell:    {en: "Connecting you to a doctor by video.", ru: "Соединяем с врачом по видео."}
      ladder:  doctor
      closed:  call
      nobody:  call
      refused: chat
    - end: {en: "Get well soon!", ru: "Поправляйтесь!"}
  chat:
    - hand_over: gp
      tell:   {en: "Handing you over.", ru: "Передаю врачу."}
      ladder: doctor
      closed: call
      nobody: call
    - end: {en: "Get well soon!", ru: "Поправляйтесь!"}
  book:
    - book: gp
      none: call
    - end: {en: "Booked: {booking.when}.", ru: "Записали: {booking.when}."}
  call:
    - end: {en: "Please call {clinic.phone}.", ru: "Позвоните: {clinic.phone}."}
  emergency:
    - end: {en: "Call {emergency.phone}.", ru: "Звоните {emergency.phone}."}
`

// waysIn is a house that serves every way in, with a doctor at the console.
func waysIn(t *testing.T) (h *house, doctor *person) {
	t.Helper()
	h = &house{flow: func([]byte) []byte { return []byte(waysFlow) }}
	h.serve(t, "")
	doctor = sit(t, "doctor", look{camera: film(t, figureOfDoctor)})
	doctor.signsIn(h)
	return h, doctor
}

// sizes are a desk and a phone.
var sizes = map[string]look{"desktop": {}, "phone": {width: 390, height: 844}}

// wants opens the panel and chooses a way in.
func (h *house) wants(t *testing.T, l look, way string) *person {
	t.Helper()
	l.camera = film(t, figureOfPatient)
	p := sit(t, "patient", l)
	p.open("http://" + h.bedside + "/widget/?site=clinic&language=en")
	p.reads(h.bedside, "What is your name?")
	p.types(h.bedside, ".composer", "Patient One")
	p.press(h.bedside, `[data-option="`+way+`"]`)
	return p
}

// accepts presses until the card takes it: one that has just come does not.
func (p *person) accepts(h *house) {
	p.t.Helper()
	p.sees(h.bedside, ".offer")
	p.until(h.bedside, "the offer is taken", `(document.querySelector('[data-act="accept-offer"]:not(:disabled)')?.click(), !document.querySelector(".offer"))`)
}

// meet lets both press Join, and holds that each sees the other move.
func meet(h *house, patient, doctor *person) {
	patient.t.Helper()
	patient.press(h.bedside, ".call-card .join")
	doctor.press(h.bedside, `[data-act="join"]`)
	patient.seesMoving(h)
	doctor.seesMoving(h)
	doctor.sees(h.bedside, `.strip[data-state="joined"]`)
}

// part ends the visit for both.
func part(h *house, patient, doctor *person) {
	patient.t.Helper()
	doctor.press(h.bedside, `[data-act="hang-up"]`)
	patient.missing(h.bedside, ".call-frame")
	patient.missing(h.bedside, ".call-card")
	doctor.press(h.bedside, `[data-act="finish"]`)
	doctor.press(h.bedside, `[data-act="sure"]`)
	patient.sees(h.bedside, `[data-phase="closed"]`)
}

// At once: the free doctor is rung, accepts, and the call is there with the
// acceptance.
func TestAtOnce(t *testing.T) {
	t.Parallel() // one of the long ones
	for size, l := range sizes {
		t.Run(size, func(t *testing.T) {
			h, doctor := waysIn(t)
			patient := h.wants(t, l, "now")
			patient.sees(h.bedside, `[data-phase="waiting"]`)
			doctor.sees(h.bedside, ".offer")
			doctor.picture("console-offered-" + size)
			doctor.accepts(h)
			meet(h, patient, doctor)
			patient.picture("panel-at-once-" + size)
			part(h, patient, doctor)
			doctor.does(h.bedside, `location.hash = "board"`)
			doctor.sees(h.bedside, ".board-doctors")
			doctor.picture("console-board-" + size)
		})
	}
}

// Out of the chat, by either side: the patient asks, the doctor agrees by a press;
// then the doctor asks again by their own.
func TestOutOfTheChat(t *testing.T) {
	t.Parallel() // one of the long ones
	for size, l := range sizes {
		t.Run(size, func(t *testing.T) {
			h, doctor := waysIn(t)
			patient := h.wants(t, l, "chat")
			doctor.accepts(h)
			doctor.types(h.bedside, write, "Good day.")
			patient.reads(h.bedside, "Good day.")
			patient.press(h.bedside, `[data-act="ask-video"]`)
			doctor.press(h.bedside, `[data-act="wish-accept"]`)
			meet(h, patient, doctor)
			patient.picture("panel-asked-" + size)
			doctor.press(h.bedside, `[data-act="hang-up"]`)
			patient.missing(h.bedside, ".call-frame")
			doctor.press(h.bedside, `[data-act="escalate"]`)
			meet(h, patient, doctor)
			part(h, patient, doctor)
		})
	}
}
