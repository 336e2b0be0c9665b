package bot

import (
	"slices"
	"strings"

	"bedside/flows"
)

// AddressOf is where the patient is reached on a channel: what they left for it,
// and for reminders, where the clinic wants it so, the phone that the flow asked
// for or the clinic's website has vouched for, as far as it can be dialled.
func AddressOf(s State, c Channel, why NoticeWhy, l Limits, clinic flows.Clinic) (Contact, bool) {
	if left := s.contact(c); left != nil {
		return *left, true
	}
	if c != BySMS || why != ForReminder || !l.UsePhone {
		return Contact{}, false
	}
	number, ok := flows.PhoneNumber(s.Patient["phone"], clinic)
	return Contact{Channel: BySMS, Address: number}, ok && international(number) && l.writesTo(number)
}

// international reports whether a number says its country: a gateway knows no other.
func international(number string) bool { return strings.HasPrefix(number, "+") }

// writesTo reports whether the clinic sends text messages to a number.
func (l Limits) writesTo(number string) bool {
	return len(l.Numbers) == 0 || slices.ContainsFunc(l.Numbers, func(begins string) bool { return strings.HasPrefix(number, begins) })
}
