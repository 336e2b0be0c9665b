// Package trueconf is a client of the TrueConf Server API, generation 3, for
// programs that make rooms, let guests in by link and take the rooms away
// again.
//
//	client, err := trueconf.New(trueconf.Config{
//		URL:          "https://video.example.org",
//		ClientID:     id,
//		ClientSecret: secret,
//	})
//
// # Contract
//
// A [Client] is safe for concurrent use and holds one cached access token. It
// repeats a request by itself in two cases only: once after the server refused
// its token, and once under an older path ([FallbackVersion]) when the server
// does not know the configured one. Every other retry is the caller's;
// [Temporary] says whether one may help.
//
// Every failure is an [*Error] of a closed set of kinds ([KindOf]) that names
// the cure. HTTP 200 with an error inside is a failure. HTTP 404 means "not
// found" only when the API itself says so: a proxy's 404 page proves nothing
// about a room.
//
// Whoever knows a conference id can mint links into the room (API reference
// §6.1), so ids are secrets, and so are tokens, guest links and guests' names.
// None of them is in an error, and the types that carry them print masked.
//
// Answers are read tolerantly, the way a PHP server writes them: numbers as
// strings, 0 and 1 for booleans, date objects, escaped slashes. What decides
// is checked strictly: an answer without a room's id, or without a list where
// a list was asked for, is an error and never an empty result.
//
// Join links are validated before they are handed out ([JoinLink]): right
// scheme, right host, right room, one login and one token.
//
// Bodies are bounded, redirects to another origin are never followed, TLS
// verification cannot be switched off; a clinic with its own certificate
// authority names its file ([Config.CAFile]).
//
// "API reference §…" in comments cites the project's collection of facts about
// the server, with the section.
package trueconf
