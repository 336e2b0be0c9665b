// Package standin is a stand-in TrueConf Server for demonstrations and tests.
//
// It speaks the server API v3 (prefixes /api/v3.1 … /api/v3.11) over real HTTP:
// tokens, conferences, run and stop, participants, invitations, users, guest
// links from software/clients, logs; and it serves /webrtc/<id>, a page on which
// the holders of two guest links see and hear each other. Media goes from browser
// to browser; the stand-in only carries their signalling.
//
// # Contract
//
//   - [New] gives an http.Handler and starts nothing. [Server.Close] ends every
//     open call and waits for its goroutines; answers after it are 503.
//   - All state is in memory. [Server.Restart] forgets what a restart of the real
//     server would: tokens, guest links, sessions; conferences stay, stopped.
//   - Whatever the API reference marks as inferred or unknown is a field of
//     [Switches], whose zero value is the documented default. The same switches
//     have names for the command line: [Faults], [ParseFault].
//   - Time comes from Options.Now alone; nothing expires by a timer. Ghosts,
//     scheduled starts and link lifetimes are settled whenever state is looked at.
//   - The methods which play an administrator or a guest ([Server.StopRoom],
//     [Server.Enter], …) are not reachable over HTTP. What is: /doctor/<login>, a page
//     that plays the TrueConf app of a user, and asks for no password.
//   - Nothing secret is logged: no token, secret, guest link or conference id.
//
// # What it leaves out
//
// The grants for users (password, refresh_token, authorization_code), writing to
// users, recordings, and API v4 beyond the few calls that a client makes to find
// out whom it is talking to. Such calls answer as an unknown route does.
//
// Sections cited as "API reference §6.3" are those of the project's TrueConf API
// reference.
package standin
