package badluck_test

import (
	"fmt"
	"strings"
	"sync"

	"bedside/bot"
	"bedside/flows"
)

// rita serves two departments and has no TrueConf ID: she comes by the page alone.
var rita = bot.Actor{Role: bot.Doctor, Login: "doctor_3", Name: "Doctor Three", Departments: []string{"gp", "kids"}}

// dayStaff are the doctors of a random day.
var dayStaff = []bot.Actor{vera, igor, rita}

// doors are the ways into a visit of a random day's clinic.
var doors = []string{"visit", "now", "appointment"}

// dayLibrary serves the flow of random days: every door, every ladder's promise.
type dayLibrary struct{}

func (dayLibrary) Live(string) *flows.Program { return dayProgram() }

var dayProgram = sync.OnceValue(func() *flows.Program {
	p, problems := flows.Compile([]flows.File{{Path: "day.yaml", Data: []byte(strings.TrimSpace(dayFlow))}})
	if p == nil {
		panic(fmt.Sprint(problems))
	}
	return p
})

// The bubble's clock begins at midnight UTC on a Saturday, 03:00 in Moscow: the
// clinic opens an hour later.
const dayFlow = `
bedside: 1
languages: [en]
clinic:
  name:  {en: "Rassvet Clinic"}
  phone: "+7 495 000-00-00"
  zone:  Europe/Moscow
  alert: lead
emergency:
  phone: "103"
  offer_to: gp
  words: {en: ["chest pain"]}
hours:
  day: {mon-sun: "04:00-16:00"}
departments:
  gp:
    title: {en: "general practitioner"}
    hours: day
    offer: least_busy
    prefer: same_doctor
    answer_within: 60s
    reply_within: 4m
    booking: {length: 20m, from: 15m, until: 1d}
  kids:
    title: {en: "paediatrician"}
    hours: day
    offer: round_robin
    answer_within: 30s
    reply_within: 3m
    booking: {length: 30m, from: 15m, until: 1d}
slots:
  name:
    type: text
    fills: patient.name
    label: {en: "Name"}
    ask:   {en: "What is your name?"}
  phone:
    type: phone
    fills: patient.phone
    label: {en: "Phone"}
    ask:   {en: "Which number can we call?"}
  child:
    type: yes_no
    label: {en: "A child"}
    ask:   {en: "Is it about a child?"}
ladders:
  doctor:
    - {after: 1m, say: {en: "We are looking for a doctor."}}
    - {after: 3m, also: kids}
    - after: 5m
      alert: lead
      choose: {en: "The doctors are still busy. What shall we do?"}
      options:
        - {id: wait, text: {en: "I'll wait"}}
        - {id: book, goto: booking, text: {en: "Book a time"}}
        - {id: call, goto: callback, text: {en: "Call me back"}}
    - {after: 20m, goto: callback}
  urgent:
    - {after: 30s, also: kids, alert: lead}
    - {after: 5m, goto: callback}
silence:
  - {after: 5m, say: {en: "Still there?"}}
  - {after: 4h, end: {en: "We have closed this chat."}}
flows:
  visit:       {start: hello,   title: {en: "See a doctor"}}
  now:         {start: at_once, title: {en: "By video at once"}}
  appointment: {start: booking, title: {en: "Book a time"}}
parts:
  hello:
    - say: {en: "Hello! This is {clinic.name}."}
    - ask: name
    - ask: child
      if_yes: paediatrics
    - goto: practice
  practice:
    - hand_over: gp
      tell:   {en: "Handing you over."}
      ladder: doctor
      closed: shut
      nobody: shut
    - end: {en: "Thank you!"}
      rate: true
  paediatrics:
    - hand_over: kids
      tell:   {en: "Handing you over to a paediatrician."}
      ladder: doctor
      closed: shut
      nobody: practice
    - end: {en: "Thank you!"}
      rate: true
  at_once:
    - ask: name
    - video: gp
      priority: urgent
      tell:    {en: "Connecting you to a doctor by video."}
      ladder:  urgent
      closed:  shut
      nobody:  shut
      refused: practice
    - end: {en: "Get well soon!"}
  shut:
    - choose: {en: "Nobody is here. What shall we do?"}
      options:
        - {id: book,  goto: booking,  text: {en: "Book a time"}}
        - {id: call,  goto: callback, text: {en: "Call me when you open"}}
        - {id: leave, goto: goodbye,  text: {en: "Nothing, thank you"}}
  booking:
    - ask: name
    - ask: phone
    - book: gp
      none: callback
    - end: {en: "Booked: {booking.when}."}
  callback:
    - ask: name
    - ask: phone
    - callback: gp
      within: 2h
      tell: {en: "We will call {phone} by {callback.by}."}
    - end: {en: "Goodbye."}
  emergency:
    - say: {en: "Call {emergency.phone} now."}
    - choose: {en: "We are calling a doctor. How are you?"}
      options:
        - {id: stay,    goto: urgently, text: {en: "Stay with me"}}
        - {id: mistake, goto: resume,   text: {en: "Not an emergency"}}
  urgently:
    - hand_over: gp
      priority: urgent
      tell:   {en: "Calling a doctor."}
      ladder: urgent
      closed: callback
      nobody: callback
    - end: {en: "Get well soon!"}
  goodbye:
    - end: {en: "Goodbye. Our phone: {clinic.phone}."}
`
