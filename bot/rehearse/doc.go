// Package rehearse plays a conversation before any patient has it: the cases of
// a flow's *.test.yaml ([Run]), and somebody who tries a flow by hand ([Stage]).
//
// A [Stage] is one conversation with a clock of its own. It goes the way of
// production and no other: every press and word, every deed of staff and every
// passing of time is a command for bot.Decider, its entries are folded by
// bot.Apply, and while time passes the conversation is woken at each of its
// deadlines, in their order. What the rehearsal supplies is what surrounds a
// conversation: the moment, who is on duty, which times are free, and a TrueConf
// Server that does at once what it is asked.
//
// The package is pure: it reads no clock and no file. The same program and the
// same cases give the same [Report].
package rehearse
