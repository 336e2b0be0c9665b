package flows_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/flows"
)

func TestWhichDoorsMayLeadToAVisit(t *testing.T) {
	const head = `
bedside: 1
languages: [en]
clinic: {name: {en: "Rassvet Clinic"}, phone: "+7 495 000-00-00", zone: Europe/Moscow, alert: lead}
emergency: {phone: "103"}
departments:
  gp: {title: {en: "general practitioner"}, hours: always, booking: {length: 30m, from: 1h, until: 7d}}
flows:
  visit:  {start: hello, title: {en: "See a doctor"}}
  prices: {start: prices, title: {en: "Prices"}}
parts:
  prices:
    - end: {en: "Call us. {clinic.phone}"}
`
	for name, c := range map[string]struct {
		parts string
		may   bool
	}{
		"says goodbye":     {"  hello:\n    - end: {en: \"Bye. {clinic.phone}\"}\n", false},
		"hands over":       {"  hello:\n    - hand_over: gp\n    - goto: prices\n", true},
		"by video":         {"  hello:\n    - video: gp\n    - goto: prices\n", true},
		"books":            {"  hello:\n    - book: gp\n      none: prices\n    - goto: prices\n", true},
		"behind a jump":    {"  hello:\n    - goto: there\n  there:\n    - hand_over: gp\n    - goto: prices\n", true},
		"in no door's way": {"  hello:\n    - end: {en: \"Bye. {clinic.phone}\"}\n  there:\n    - hand_over: gp\n    - goto: prices\n", false},
		"behind a choice": {`  hello:
    - choose: {en: "How can we help?"}
      options:
        - {id: a, goto: prices, text: {en: "Prices"}}
        - {id: b, goto: there, text: {en: "A doctor"}}
  there:
    - hand_over: gp
    - goto: prices
`, true},
	} {
		t.Run(name, func(t *testing.T) {
			p, problems := flows.Compile([]flows.File{{Path: "f.yaml", Data: []byte(head + c.parts)}})
			require.NotNil(t, p, "%v", problems)
			require.Equal(t, c.may, p.MayCall("visit"))
			require.Equal(t, c.may, p.MayCall(""))
			require.False(t, p.MayCall("prices"))
			require.False(t, p.MayCall("none"))
		})
	}
}
