//go:build browser

package e2e

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// One press changes the panel's words at once and the conversation's language on
// the server: the open question comes again, the doctor sees it, a call that goes
// on is not torn out of the page, and it is remembered.
func TestOnePressSpeaksAnotherLanguage(t *testing.T) {
	h := served(t)
	patient, doctor := sit(t, "patient", look{}), sit(t, "doctor", look{})
	panel := "http://" + h.bedside + "/widget/?site=clinic"
	patient.open(panel)
	patient.reads(h.bedside, "How can we help?")
	patient.writes(h.bedside, "My words")
	switchTo := func(code string) {
		patient.press(h.bedside, `.speak[lang="`+code+`"]`)
		patient.until(h.bedside, "speaks "+code, `document.documentElement.lang === "`+code+`"`)
	}
	switchTo("ru")
	patient.reads(h.bedside, "Чем помочь?")
	patient.reads(h.bedside, "Нужен врач")
	patient.reads(h.bedside, "Клиника «Гавань»")
	patient.until(h.bedside, "keeps the draft and the focus", `document.querySelector(".composer textarea").value === "My words" && document.activeElement.matches(".speak")`)
	patient.wellMade(h.bedside, "panel-switched")

	patient.press(h.bedside, `[data-option="doctor"]`)
	patient.reads(h.bedside, "Как вас зовут?")
	patient.open(panel) // a reload
	patient.reads(h.bedside, "Как вас зовут?")
	patient.types(h.bedside, ".composer", "Пациент Первый")
	patient.press(h.bedside, `[data-option="pain"]`)
	patient.press(h.bedside, `[data-option="yes"]`)
	patient.press(h.bedside, ".skip")
	patient.sees(h.bedside, `[data-phase="waiting"]`)

	doctor.signsIn(h)
	doctor.takes(h)
	doctor.reads(h.bedside, "Русский")
	doctor.press(h.bedside, `[data-act="escalate"]`)
	patient.press(h.bedside, ".call-card .join")
	patient.sees(h.bedside, ".call-frame")
	doctor.press(h.bedside, `[data-act="join"]`)
	patient.seesMoving(h)
	_, err := ask[bool](patient, h.bedside, `(document.querySelector(".call-frame").mark = "the same", true)`)
	require.NoError(t, err)
	switchTo("en")
	patient.until(h.bedside, "is in the same frame", `document.querySelector(".call-frame").mark === "the same" && document.querySelector(".call-frame").title === "Video call"`)
	patient.seesMoving(h)
	doctor.reads(h.bedside, "Language: English")
	said, err := ask[string](patient, h.bedside, `[...document.querySelectorAll(".head, .numbers-strip, .call-card, .event, .composer")].map((e) => e.innerText).join(" ")`)
	require.NoError(t, err)
	require.NotRegexp(t, `[а-яё]{2,}`, strings.ReplaceAll(said, "Русский", ""), "two languages at once")
}
