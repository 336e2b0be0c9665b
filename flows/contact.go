package flows

import "bedside/flows/internal/accept"

// PhoneNumber reads a telephone number as a slot of the type phone does: its digits,
// with + in front of an international one. National forms are read as the clinic's
// own country writes them, where its number tells which that is.
func PhoneNumber(text string, clinic Clinic) (string, bool) { return accept.Phone(text, clinic.Phone) }

// MailAddress reads one bare address as a slot of the type email does.
func MailAddress(text string) (string, bool) { return accept.Email(text) }
