package bot

import "time"

// noticeWords are what is written to people who have left the page, in one
// language. They name the clinic, what to do and where, and nothing medical: no
// department, no doctor's name, no complaint.
type noticeWords struct {
	noChannel  string
	badAddress map[Channel]string
	noNumber   string

	said    map[NoticeWhy]string // to the patient, before the link; {clinic} and {when} are put in
	now     string               // a reminder of what begins at this moment
	title   map[NoticeWhy]string // of a mail, and of what a browser shows
	since   string               // to the lead, before the time since when it waits
	board   string               // … and before the link
	alerted map[string]string    // why the lead is woken
	subject string               // of a mail to the lead
	offer   string               // to a doctor who is rung
	offered string               // … the title
}

func noticeWordsIn(language string) noticeWords {
	if w, ok := noticeLanguages[language]; ok {
		return w
	}
	return noticeLanguages["en"]
}

// NoticeFacts are what a message names.
type NoticeFacts struct {
	Language   string
	Clinic     string
	Link       string         // where to go on
	Department string         // of an alert: its title
	Zone       *time.Location // in which times are told that nobody has read yet
	Now        time.Time
}

// NoticeText is a message in words.
type NoticeText struct {
	Title string // a mail's subject, a browser's first line
	Short string // without the link, for a browser that opens it by itself
	Text  string // whole
}

// NoticeWords puts a message into words. They are made when it is sent, so that the
// link in them is fresh and stands in no journal.
func NoticeWords(n Notice, f NoticeFacts) NoticeText {
	w := noticeWordsIn(f.Language)
	switch n.Why {
	case ForLead:
		what := w.alerted[n.Alert]
		if what == "" {
			what = w.alerted[""]
		}
		short := what
		if f.Department != "" {
			short += ": " + f.Department
		}
		if !n.Since.IsZero() {
			short += w.since + n.Since.In(f.Zone).Format("15:04")
		}
		short += w.board
		return NoticeText{Title: w.subject + ", " + f.Clinic, Short: short, Text: short + " " + f.Link}
	case ForOffer:
		return NoticeText{Title: w.offered, Short: w.offer, Text: w.offer + " " + f.Link}
	}
	said := w.said[n.Why]
	if n.Why == ForReminder && !f.Now.Before(n.Start) {
		said = w.now
	}
	when := n.Text
	if when == "" && !n.Start.IsZero() {
		when = n.Start.In(f.Zone).Format("02.01.2006 15:04")
	}
	short := fill(said, f.Clinic, when)
	return NoticeText{Title: w.title[n.Why] + ", " + f.Clinic, Short: short, Text: short + " " + f.Link}
}
