package wire

import "bedside/bot"

// Nothing is the body of an entry whose kind says everything.
type Nothing struct{}

// Bodies gives, for each kind that any reader may see, the body that bot.View
// shows. Fields marked staff are left out for patients.
var Bodies = map[bot.Kind]any{
	bot.ConversationStarted:  bot.SeenStarted{},
	bot.ConversationClosed:   bot.SeenClosed{},
	bot.ConversationResumed:  Nothing{},
	bot.ConversationReopened: Nothing{},
	bot.MessageSent:          bot.Message{},
	bot.NoteWritten:          bot.Message{},
	bot.BotSaid:              bot.Said{},
	bot.BotAsked:             bot.Asked{},
	bot.AnswerGiven:          bot.SeenAnswer{},
	bot.AnswerSkipped:        bot.SeenAnswer{},
	bot.QueueJoined:          bot.SeenQueued{},
	bot.WaitReminded:         bot.SeenReminder{},
	bot.LeadAlerted:          bot.Alerted{},
	bot.DoctorAssigned:       bot.SeenAssigned{},
	bot.DoctorReminded:       Nothing{},
	bot.DoctorExcused:        Nothing{},
	bot.DoctorReleased:       bot.SeenReleased{},
	bot.DoctorFinished:       bot.SeenFinished{},
	bot.CallRequested:        bot.SeenCall{},
	bot.CallReady:            bot.SeenCall{},
	bot.CallFailed:           bot.SeenCall{},
	bot.CallWithdrawn:        bot.SeenCall{},
	bot.CallRung:             bot.SeenCall{},
	bot.CallJoined:           bot.SeenCall{},
	bot.CallLeft:             bot.SeenCall{},
	bot.CallStranger:         bot.SeenCall{},
	bot.CallUnwatched:        bot.SeenCall{},
	bot.CallWatched:          bot.SeenCall{},
	bot.CallInterrupted:      bot.SeenCall{},
	bot.CallEnded:            bot.SeenCall{},
}
