package bot_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/bot"
)

func TestAnotherLanguageAsksTheOpenQuestionAgain(t *testing.T) {
	w := newWorld(t)
	w.start()
	step := w.s.Asked.Step
	got := w.do(patient, bot.DoSpeak, bot.Args{Language: "ru-RU"})
	require.Equal(t, []bot.Kind{bot.LanguageChosen, bot.BotAsked}, kinds(got))
	require.Equal(t, "ru", w.s.Language)
	require.Equal(t, step, w.s.Asked.Step, "an answer to the first asking still counts")
	require.Equal(t, "Чем помочь?", w.s.Asked.Text)
	require.Equal(t, "Врач", w.s.Asked.Options[0].Text)
	require.Empty(t, w.do(patient, bot.DoSpeak, bot.Args{Language: "ru"}), "a repeated press")

	w.do(patient, bot.DoChoose, bot.Args{Step: step, Option: "doctor"})
	require.Equal(t, "Как вас зовут?", w.s.Asked.Text, "what comes later follows")
	w.do(patient, bot.DoSend, bot.Args{Text: "Patient One"})
	w.do(patient, bot.DoSkip, bot.Args{Step: w.s.Asked.Step})
	require.Contains(t, string(w.journal[len(w.journal)-1].Body), "терапевт")
	w.pass(w.limits.WaitRung)
	require.Contains(t, said(t, w, bot.WaitReminded), "Врачи ещё заняты.")
}

func TestALanguageIsChosenInEveryPhase(t *testing.T) {
	w := newWorld(t)
	w.consulting()
	require.Equal(t, []bot.Kind{bot.LanguageChosen}, kinds(w.do(patient, bot.DoSpeak, bot.Args{Language: "ru"})))
	require.Equal(t, "ru", bot.SummaryOf(w.s).Language, "the doctor sees it")
	require.Empty(t, w.do(patient, bot.DoSpeak, bot.Args{Language: "tlh"}), "none that the flow has: all stays as it is")
	w.refused(bot.Malformed, patient, bot.DoSpeak, bot.Args{})
	w.refused(bot.Forbidden, igor, bot.DoSpeak, bot.Args{Language: "en"})
	w.do(patient, bot.DoClose, bot.Args{})
	require.Equal(t, []bot.Kind{bot.LanguageChosen}, kinds(w.do(patient, bot.DoSpeak, bot.Args{Language: "en"})))
}

func TestALanguageWithoutItsFlow(t *testing.T) {
	w := newWorld(t)
	w.start()
	live := w.program
	w.program, w.live = nil, live
	require.Equal(t, []bot.Kind{bot.LanguageChosen}, kinds(w.do(patient, bot.DoSpeak, bot.Args{Language: "ru"})))
	require.Equal(t, "ru", w.s.Language)
}

// said is the text of the last entry of a kind.
func said(t *testing.T, w *world, k bot.Kind) string {
	for i := len(w.journal) - 1; i >= 0; i-- {
		if w.journal[i].Kind != k {
			continue
		}
		var b struct{ Text string }
		require.NoError(t, json.Unmarshal(w.journal[i].Body, &b))
		return b.Text
	}
	require.Fail(t, "there is none", k)
	return ""
}
