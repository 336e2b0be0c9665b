package calendar

import "time"

// Alarm is how long before a visit a calendar reminds of it.
const Alarm = 15 * time.Minute

// Visit is an appointment as those know it who keep it.
type Visit struct {
	Booking   string // its id
	Sequence  int
	Start     time.Time
	Length    time.Duration
	Cancelled bool

	ForDoctor bool   // the entry is for the doctor, not for the patient
	URL       string // where this person enters
	Language  string
	Clinic    string // its name in that language
	From      string // address from which the clinic writes, "" if it does not
	PublicURL string // of Bedside
	At        time.Time
}

// Event is the visit in the words and with the address for its reader.
func (v Visit) Event() Event {
	e := Event{
		UID: UID(v.Booking, v.PublicURL), Sequence: v.Sequence, Start: v.Start, End: v.Start.Add(v.Length),
		Title: Title(v.Language, v.Clinic, v.Cancelled), Text: ForPatient(v.Language), URL: v.URL,
		Organizer: Organizer{Name: v.Clinic, Email: v.From, Site: v.PublicURL},
		Cancelled: v.Cancelled, Stamp: v.At, Alarm: Alarm,
	}
	if v.ForDoctor {
		e.Text = ForDoctor(v.Language)
	}
	if v.Cancelled {
		e.Text, e.Alarm = "", 0
	}
	return e
}
