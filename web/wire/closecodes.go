package wire

// Close codes of the socket. The ten says what to do, so that a client also
// understands codes that it has never seen:
//
//	4000–4009  come back, soon and with jitter
//	4010–4019  come back after the seconds that begin the reason ("30 too many sockets")
//	4020–4029  sign in first
//	4030–4039  never: the program is at fault, the same again would end alike
//
// Of the standard codes 1001 and 1006 mean come back, 1002, 1003, 1007 and 1009 never.
const (
	CloseRestart     = 4000 // the server stops or restarts
	CloseSlow        = 4001 // the reader was too slow: catch up from the journal
	CloseSilent      = 4002 // nothing was heard for 60 s
	CloseUnavailable = 4003 // the store does not answer

	CloseTooManySockets = 4010
	CloseTooFast        = 4011

	CloseSignedOut  = 4020 // the session or ticket has ended
	CloseNoHello    = 4021 // no sign-in within 5 s
	CloseCredential = 4022 // no such ticket or session

	CloseMalformed = 4030 // not a frame of this protocol
	CloseForbidden = 4031 // not from this page
	CloseTooLarge  = 4032
)

// CloseCodes names them, for the generated types and the AsyncAPI file.
var CloseCodes = map[string]int{
	"restart": CloseRestart, "slow": CloseSlow, "silent": CloseSilent, "unavailable": CloseUnavailable,
	"tooManySockets": CloseTooManySockets, "tooFast": CloseTooFast,
	"signedOut": CloseSignedOut, "noHello": CloseNoHello, "credential": CloseCredential,
	"malformed": CloseMalformed, "forbidden": CloseForbidden, "tooLarge": CloseTooLarge,
}
