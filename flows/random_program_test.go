package flows_test

import (
	"fmt"
	"strings"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bedside/flows"
)

// author writes sound flows at random: every verb, in any order, in two
// languages. A jump that waits for nobody leads forward, so that nothing goes
// in a circle.
type author struct {
	rt    *rapid.T
	parts int
	b     strings.Builder
}

const randomHead = `bedside: 1
languages: [en, ru]
clinic: {name: {en: "Clinic", ru: "Клиника"}, phone: "+7 495 000-00-00", zone: Europe/Moscow, alert: lead}
emergency: {phone: "103", offer_to: duty}
hours: {day: {mon-fri: "08:00-20:00"}}
departments:
  gp:   {title: {en: "doctor", ru: "врач"}, hours: day, booking: {length: 20m, until: 14d}}
  duty: {title: {en: "on duty", ru: "дежурный"}, hours: always}
consents:
  data: {title: {en: "Data", ru: "Данные"}, document: {en: data.md, ru: data.md}, version: "1", valid: 30d}
slots:
  name:  {type: text, fills: patient.name, label: {en: "N", ru: "И"}, ask: {en: "Name?", ru: "Имя?"}}
  note:  {type: text, optional: true, label: {en: "N", ru: "З"}, ask: {en: "Note?", ru: "Заметка?"}}
  phone: {type: phone, fills: patient.phone, label: {en: "P", ru: "Т"}, ask: {en: "Phone?", ru: "Телефон?"}}
  born:  {type: date, label: {en: "B", ru: "Р"}, ask: {en: "Born?", ru: "Дата?"}}
  score: {type: number, max: 10, label: {en: "S", ru: "Б"}, ask: {en: "Score?", ru: "Балл?"}}
  worse: {type: yes_no, label: {en: "W", ru: "Х"}, ask: {en: "Worse?", ru: "Хуже?"}}
  who:   {type: choice, label: {en: "W", ru: "К"}, ask: {en: "Who?", ru: "Кто?"}, options: [{id: me, text: {en: "Me", ru: "Мне"}}, {id: child, text: {en: "My child", ru: "Ребёнку"}}]}
  danger: {type: yes_no, red_flag: true, label: {en: "D", ru: "О"}, ask: {en: "Danger?", ru: "Опасно?"}}
  ills:  {type: choices, label: {en: "I", ru: "Ж"}, ask: {en: "What?", ru: "Что?"}, options: [{id: cough, text: {en: "Cough", ru: "Кашель"}}, {id: speech, text: {en: "Speech", ru: "Речь"}, red_flag: true}]}
  photo: {type: files, kinds: [photo], count: 2, size: 1MB, optional: true, label: {en: "P", ru: "Ф"}, ask: {en: "A photo?", ru: "Фото?"}}
silence:
  - {after: 5m, say: {en: "Still there?", ru: "Вы здесь?"}}
  - {after: 1h, end: {en: "Closed: {clinic.phone}", ru: "Закрыто: {clinic.phone}"}}
flows: {visit: {start: p0, title: {en: "Visit", ru: "Визит"}}}
fragments:
  who: [{ask: name}, {ask: worse}]
  contact: [{use: who}, {ask: phone}, {say: {en: "Thanks", ru: "Спасибо"}, if: known(note)}]
ladders:
  doctor:
    - {after: 1m, say: {en: "Wait", ru: "Ждите"}, also: duty}
    - after: 2m
      say: {en: "So,", ru: "Итак,"}
      choose: {en: "What now?", ru: "Как быть?"}
      options: [{id: wait, text: {en: "Wait", ru: "Жду"}}, {id: book, goto: book, text: {en: "Book", ru: "Запись"}}, {id: worse, goto: emergency, text: {en: "Worse", ru: "Хуже"}}, {id: keep, goto: resume, text: {en: "Keep", ru: "Место"}}]
    - {after: 3m, alert: lead}
    - {after: 4m, goto: call}
parts:
  emergency:
    - say: {en: "Call {emergency.phone}", ru: "Звоните {emergency.phone}"}
      buttons: [{call: "{emergency.phone}", text: {en: "Call", ru: "Звонить"}}]
    - choose: {en: "How are you?", ru: "Как вы?"}
      options: [{id: stay, goto: stay, text: {en: "Stay", ru: "Будьте"}}, {id: mistake, goto: resume, text: {en: "Mistake", ru: "Ошибка"}}]
  stay: [{hand_over: duty, ladder: doctor, nobody: call, priority: urgent}, {end: {en: "{clinic.phone}", ru: "{clinic.phone}"}}]
  book: [{ask: name}, {book: gp, none: call}, {end: {en: "Booked", ru: "Записали"}}]
  call: [{use: contact}, {callback: gp, within: 1h, tell: {en: "We call", ru: "Звоним"}}, {end: {en: "{clinic.phone}", ru: "{clinic.phone}"}}]
`

// randomProgram writes a flow and compiles it.
func randomProgram(rt *rapid.T) *flows.Program {
	a := &author{rt: rt, parts: rapid.IntRange(1, 4).Draw(rt, "parts")}
	a.b.WriteString(randomHead)
	for i := range a.parts {
		fmt.Fprintf(&a.b, "  p%d:\n", i)
		for range rapid.IntRange(0, 4).Draw(rt, "steps") {
			a.step(i)
		}
		a.last(i)
	}
	p, problems := flows.Compile([]flows.File{
		{Path: "random.yaml", Data: []byte(a.b.String())}, {Path: "data.md", Data: []byte("I agree.")},
	})
	require.NotNil(rt, p, "%v\n%s", problems, a.b.String())
	return p
}

// ahead is a part to which a jump may lead that waits for nobody.
func (a *author) ahead(i int) string {
	if i+1 >= a.parts {
		return rapid.SampledFrom([]string{"stay", "book", "call"}).Draw(a.rt, "ahead")
	}
	return fmt.Sprintf("p%d", rapid.IntRange(i+1, a.parts-1).Draw(a.rt, "ahead"))
}

// anywhere is a part to which an answer may lead.
func (a *author) anywhere() string {
	return rapid.SampledFrom([]string{"emergency", "stay", "book", "call", "p0", fmt.Sprintf("p%d", a.parts-1)}).Draw(a.rt, "anywhere")
}

func (a *author) step(i int) {
	steps := []func() string{
		func() string { return `say: {en: "Hello", ru: "Привет"}` },
		func() string { return "ask: " + a.slot() },
		func() string { return "ask: " + a.slot() + "\n      again: true" },
		func() string { return "ask: worse\n      if_yes: " + a.ahead(i) },
		func() string { return "ask: worse\n      if_yes: emergency" },
		func() string { return "ask: who\n      then: {child: " + a.ahead(i) + "}" },
		func() string { return "consent: data\n      refused: " + a.anywhere() },
		func() string { return `set: {note: "x", who: child, score: 3, worse: false}` },
		func() string { return "use: " + rapid.SampledFrom([]string{"who", "contact"}).Draw(a.rt, "fragment") },
		func() string { return "goto: " + a.ahead(i) + "\n      if: known(" + a.slot() + ")" },
		func() string { return "goto: emergency\n      if: known(" + a.slot() + ")" },
		func() string { return a.choose(true) },
		func() string { return a.wait(i) },
		func() string { return "book: gp\n      none: " + a.ahead(i) },
		func() string { return `callback: gp` + "\n      within: 2h" },
	}
	step := rapid.SampledFrom(steps).Draw(a.rt, "step")()
	a.b.WriteString("    - " + step + "\n")
	if !strings.Contains(step, " if: ") && rapid.IntRange(0, 3).Draw(a.rt, "guarded") == 0 {
		a.b.WriteString("      if: not known(" + a.slot() + ")\n")
	}
}

func (a *author) slot() string {
	return rapid.SampledFrom([]string{"name", "note", "phone", "born", "score", "worse", "who", "danger", "ills", "photo"}).Draw(a.rt, "slot")
}

func (a *author) choose(on bool) string {
	options := fmt.Sprintf("{id: a, goto: %s, text: {en: \"A\", ru: \"А\"}}, {id: b, goto: %s, text: {en: \"B\", ru: \"Б\"}}", a.anywhere(), a.anywhere())
	if on {
		options += `, {id: go_on, text: {en: "Go on", ru: "Дальше"}}`
	}
	return "choose: {en: \"Which?\", ru: \"Что?\"}\n      options: [" + options + "]"
}

func (a *author) wait(i int) string {
	step := fmt.Sprintf("hand_over: gp\n      closed: %s\n      nobody: %s\n      ladder: doctor\n      tell: {en: \"Wait\", ru: \"Ждите\"}", a.ahead(i), a.ahead(i))
	if rapid.Bool().Draw(a.rt, "video") {
		step = "video" + strings.TrimPrefix(step, "hand_over") + "\n      refused: " + a.anywhere()
	}
	return step
}

// last ends a part with a step that always leads away.
func (a *author) last(i int) {
	a.b.WriteString("    - " + rapid.SampledFrom([]func() string{
		func() string { return "goto: " + a.ahead(i) },
		func() string { return a.choose(false) },
		func() string { return `end: {en: "Call {clinic.phone}", ru: "Звоните {clinic.phone}"}` },
	}).Draw(a.rt, "last")() + "\n")
}
