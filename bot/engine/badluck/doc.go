// Package badluck holds no code but tests: everything that goes wrong between a
// clinic and its TrueConf Server, a test each.
//
// What runs is the whole house below the web: the engine, the rooms, the
// TrueConf client, a store file on a disk, and the stand-in server with its
// switches. Patients and doctors are scripted people who press until they are
// answered, as browsers do. Every scene plays in a synctest bubble, so that an
// hour of waiting costs nothing.
//
// Three things are held in every scene, whatever it is about, at every commit,
// after every request, and once more when it is over:
//
//   - Nobody waits unheard. After each word of a patient the head has a wake or
//     a human has been alerted; an open call, and a room that is not confirmed
//     gone, have a wake too.
//   - The journal is gapless and its time never runs backwards; a command given
//     again with its key records nothing; every room at TrueConf is one that the
//     journal answers for, and none is left at the end.
//   - No room id, guest link, visit key, ticket, access token, server key or
//     client secret is in the log, the store's file, a backup, an entry, or a
//     refusal that somebody was told.
//
// Whole days are played by chance as well: people come, press, fall silent and go,
// and each kind of bad luck is a switch. Text messages go out through a gateway that
// fails where the day's luck is so. A seed plays its day again:
//
//	go test ./bot/engine/badluck -run TestDays -days.seed=7 -days.count=1 -days.luck=restarts,killed
package badluck
