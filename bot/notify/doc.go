// Package notify reaches people who have left the page: by a text message over any
// HTTP gateway, by mail over SMTP, and by web push (RFC 8030, 8291, 8292).
//
// Contract:
//   - Send speaks to one address once. It never tries again by itself, nor does what
//     lies below it: whether a message may go a second time is the caller's to know.
//   - An error says whether the message can have gone. Unknown means that it was
//     handed over and nobody said what became of it.
//   - No error, and nothing that is logged, holds a number, an address, a text, a
//     secret or what a server answered.
//   - What is sent names no patient and nothing medical; that is the caller's to
//     keep, who makes the words.
//   - A push goes to addresses that patients' browsers name: never to one inside the
//     clinic's own net.
package notify
