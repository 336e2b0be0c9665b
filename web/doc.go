// Package web is Bedside's door to the outside: the HTTP calls and the socket
// of the wire, sign-in, the pages, and the limits that keep all of it standing.
//
// It decides nothing about conversations. A request or frame becomes a
// bot.Command or a question to the engine, and what the engine answers is
// rendered for its reader by bot.View. Shapes are those of package web/wire.
//
// Contract:
//
//   - Two doors that never mix. A bearer (ticket or visit key), where there is
//     one, decides alone; the staff cookie counts only for requests of Bedside's
//     own pages, and never beside a bearer. Clinic sites may frame the panel
//     and nothing else.
//   - Who acts comes from the credential, never from a body or an address.
//   - No ticket, visit key, session token, guest link or room id is in a log
//     line, a metric or an error. The access log knows route patterns only.
//   - Every refusal is a problem (RFC 9457) with a stable code, or a refused
//     frame with the same code.
//   - Everything that a stranger can make grow is bounded: bodies, frames,
//     queues, sockets, tables of addresses, time.
//   - A socket is dropped rather than waited for; what it missed is in the
//     journal.
package web
