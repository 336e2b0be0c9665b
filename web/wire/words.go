package wire

import "bedside/bot"

// Words are the closed sets of strings, by the Go type that holds them.
var Words = map[string][]string{
	"Role":      words(bot.Patient, bot.Doctor, bot.Admin, bot.Auditor, bot.Service, bot.Bot, bot.System),
	"Phase":     words(bot.Intake, bot.Waiting, bot.Consulting, bot.Parked, bot.ClosedDown),
	"How":       words(bot.ByApp, bot.ByPage),
	"CallState": words(bot.CallAsked, bot.CallStands, bot.CallLive, bot.CallBroken, bot.CallDown, bot.CallDone, bot.CallDropped),
	"EndWhy":    words(bot.EndHungUp, bot.EndEmpty, bot.EndLimit, bot.EndReplaced, bot.EndPhase, bot.EndFailed),
	"CloseWhy":  words(bot.CloseFlow, bot.ClosePatient, bot.CloseDoctor, bot.CloseSilence),
	"Do": words(bot.DoSend, bot.DoChoose, bot.DoSkip, bot.DoClose, bot.DoClaim, bot.DoEscalate, bot.DoNewRoom,
		bot.DoHangUp, bot.DoFinish, bot.DoRelease, bot.DoTransfer, bot.DoNote, bot.DoNothing, bot.DoJoin, bot.DoRead),
	"Code": words(bot.Malformed, bot.Unauthorized, bot.Forbidden, bot.Unknown, bot.Taken, bot.Overtaken, bot.NotNow,
		bot.ClosedCode, bot.NoCall, bot.CallNotReady, bot.RoomFull, bot.NoGuestSeat, bot.Ghost, bot.NeverFits,
		bot.Invalid, bot.TooLarge, bot.TooMany, bot.Unavailable),
}

// Fields says which fields of a Command each command knows beside key and do;
// a command that is not here does not come over the wire.
var Fields = map[bot.Do][]string{
	bot.DoSend:     {"text"},
	bot.DoChoose:   {"step", "option", "options"},
	bot.DoSkip:     {"step"},
	bot.DoClose:    {},
	bot.DoClaim:    {},
	bot.DoEscalate: {"how"},
	bot.DoNewRoom:  {},
	bot.DoHangUp:   {},
	bot.DoFinish:   {"outcome"},
	bot.DoRelease:  {"reason"},
	bot.DoTransfer: {"to", "reason"},
	bot.DoNote:     {"text"},
	bot.DoNothing:  {},
}

func words[T ~string](all ...T) []string {
	out := make([]string, len(all))
	for i, w := range all {
		out[i] = string(w)
	}
	return out
}
