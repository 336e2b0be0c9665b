package wire

import "bedside/bot"

// Words are the closed sets of strings, by the Go type that holds them.
var Words = map[string][]string{
	"Role":      words(bot.Patient, bot.Doctor, bot.Admin, bot.Auditor, bot.Service, bot.Bot, bot.System),
	"Phase":     words(bot.Intake, bot.Waiting, bot.Consulting, bot.Parked, bot.ClosedDown),
	"How":       words(bot.ByApp, bot.ByPage),
	"CallState": words(bot.CallAsked, bot.CallStands, bot.CallLive, bot.CallBroken, bot.CallDown, bot.CallDone, bot.CallDropped),
	"EndWhy":    words(bot.EndHungUp, bot.EndEmpty, bot.EndLimit, bot.EndReplaced, bot.EndPhase, bot.EndFailed, bot.EndDeclined),
	"CloseWhy":  words(bot.CloseFlow, bot.ClosePatient, bot.CloseDoctor, bot.CloseSilence, bot.CloseSettled),
	"Do": words(bot.DoSend, bot.DoChoose, bot.DoSkip, bot.DoSpeak, bot.DoDescribe, bot.DoClose, bot.DoClaim, bot.DoEscalate, bot.DoNewRoom,
		bot.DoHangUp, bot.DoFinish, bot.DoRelease, bot.DoTransfer, bot.DoNote, bot.DoAttach, bot.DoNothing, bot.DoJoin, bot.DoRingAgain, bot.DoRead,
		bot.DoElsewhere, bot.DoOnlyHere, bot.DoBack, bot.DoRate, bot.DoCallbackDone, bot.DoCallbackFailed, bot.DoEndEmergency,
		bot.DoDecline, bot.DoPropose, bot.DoAcceptTime, bot.DoDeclineTime, bot.DoMove, bot.DoCancel, bot.DoReassign, bot.DoKept, bot.DoNoShow,
		bot.DoLate, bot.DoAskVideo, bot.DoRefuseVideo, bot.DoDeclineCall, bot.DoDevices, bot.DoExtend, bot.DoContact, bot.DoDropContact, bot.DoTaskDone),
	"ChosenBy": words(bot.ByLeastBusy, bot.ByLongestIdle, bot.ByRoundRobin, bot.BySameDoctor, bot.ByOwnClaim, bot.ByBooking, bot.ByTransfer),
	"NotThey": words(bot.NotHere, bot.NotAway, bot.NotBusy, bot.NotFree, bot.NotInCall, bot.NotRinging, bot.NotDeclined, bot.NotAnswered,
		bot.NotFirst),
	"OfferWhy":     words(bot.OfferDeclined, bot.OfferMissed, bot.OfferGone, bot.OfferWithdrawn),
	"DutyState":    words(bot.DutyOn, bot.DutyBusy, bot.DutyAway),
	"BookingState": words(bot.Proposed, bot.BookedFor, bot.DueNow),
	"Channel":      words(bot.BySMS, bot.ByEmail, bot.ByPush),
	"NoticeWhy": words(bot.ForDoctorHere, bot.ForAnswer, bot.ForBooked, bot.ForReminder, bot.ForMoved, bot.ForCancelled, bot.ForLate,
		bot.ForLead),
	"TaskKind":     words(bot.TaskTell, bot.TaskBooking, bot.TaskReach),
	"EmergencyWhy": words(bot.EmergencyResumed, bot.EmergencyTaken, bot.EmergencyByAdmin),
	"ParkWhy":      words(bot.ParkCallback, bot.ParkBooking, bot.ParkEmergency),
	"Code": words(bot.Malformed, bot.Unauthorized, bot.Forbidden, bot.Unknown, bot.Taken, bot.Overtaken, bot.NotNow,
		bot.ClosedCode, bot.NoCall, bot.CallOver, bot.CallNotReady, bot.RoomFull, bot.NoGuestSeat, bot.Elsewhere, bot.Ghost, bot.NeverFits,
		bot.Invalid, bot.Gone, bot.TooLarge, bot.FileType, bot.FileBroken, bot.FilesFull, bot.TooMany, bot.IdentityExpired, bot.IdentityRefused, bot.Unavailable,
		bot.TooEarly, bot.SlotTaken, bot.OpenConversations),
}

// Fields says which fields of a Command each command knows beside key and do;
// a command that is not here does not come over the wire.
var Fields = map[bot.Do][]string{
	bot.DoSend:     {"text"},
	bot.DoChoose:   {"step", "option", "options"},
	bot.DoSkip:     {"step"},
	bot.DoSpeak:    {"language"},
	bot.DoDescribe: {"attributes"},
	bot.DoClose:    {},
	bot.DoClaim:    {},
	bot.DoEscalate: {"how"},
	bot.DoNewRoom:  {},
	bot.DoHangUp:   {},
	bot.DoFinish:   {"outcome", "words", "next"},
	bot.DoRelease:  {"reason"},
	bot.DoTransfer: {"to", "reason"},
	bot.DoNote:     {"text"},
	bot.DoNothing:  {},
	bot.DoBack:     {},
	bot.DoRate:     {"stars", "text"},

	bot.DoCallbackDone:   {},
	bot.DoCallbackFailed: {"reason"},
	bot.DoEndEmergency:   {},

	bot.DoDecline:     {"reason"},
	bot.DoPropose:     {"start", "minutes", "department", "text"},
	bot.DoAcceptTime:  {"booking"},
	bot.DoDeclineTime: {"booking", "text"},
	bot.DoMove:        {"booking", "start"},
	bot.DoCancel:      {"booking", "reason"},
	bot.DoReassign:    {"booking", "to"},
	bot.DoKept:        {"booking"},
	bot.DoNoShow:      {"booking"},
	bot.DoLate:        {"booking", "option"},
	bot.DoAskVideo:    {"text"},
	bot.DoRefuseVideo: {"text"},
	bot.DoDeclineCall: {"text"},
	bot.DoDevices:     {"devices"},
	bot.DoExtend:      {"minutes"},
	bot.DoContact:     {"channel", "address", "push"},
	bot.DoDropContact: {"channel"},
	bot.DoTaskDone:    {"task", "reason"},
}

func words[T ~string](all ...T) []string {
	out := make([]string, len(all))
	for i, w := range all {
		out[i] = string(w)
	}
	return out
}
