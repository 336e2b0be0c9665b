package language

import (
	"slices"
	"strings"
)

// Key is one key of a mapping.
type Key struct {
	Name    string
	Value   Value
	Needed  bool
	Meaning string
}

// Mapping is what has keys: a section of the file, a slot, a step with its verb.
type Mapping struct {
	Name    string // file, clinic, slot, ask …
	Meaning string
	Keys    []Key
	Named   string // the mapping's members have names of the author's: what one is ("slot"); then Keys is empty
}

// Value is what stands behind a key.
type Value string

// Values. What is behind a colon names the mapping: "mapping:clinic",
// "list:rung", "members:slot".
const (
	Words     Value = "text in every language"
	Word      Value = "name"
	Text      Value = "text"
	Phone     Value = "phone number in quotes"
	Truth     Value = "true"
	Number    Value = "number"
	Whole     Value = "whole number"
	Span      Value = "length of time (30s, 3m, 2h, 14d)"
	Date      Value = "date or `today`"
	Size      Value = "size (500KB, 10MB)"
	Names     Value = "list of names"
	WordLists Value = "lists of words by language"
	Files     Value = "file by language"
	Hours     Value = "name of hours or `always`"
	Times     Value = "\"08:00-12:00\", or a list of such"
	DayOff    Value = "`closed`, \"09:00-14:00\", or a list of such"
	Condition Value = "condition"
	Part      Value = "part"
	Target    Value = "part, `resume` or `emergency`"
	Slot      Value = "slot"
	Dept      Value = "department"
	Ladder    Value = "ladder"
	Consent   Value = "consent"
	Fragment  Value = "fragment"
	Branches  Value = "{option: part}"
	Literals  Value = "{slot: literal}"
	Steps     Value = "list of steps"
	Rungs     Value = "list of rungs"
	Silences  Value = "list of reminders"
	Options   Value = "list of options"
	Dials     Value = "list of buttons"
	One       Value = "1"
)

// oneOf is a name out of a few, which an editor can offer.
func oneOf(words ...string) Value { return Value("one of:" + strings.Join(words, " ")) }

// Table is the whole language, in the order in which it is taught.
func Table() []Mapping {
	return slices.Concat(facts(), answers(), steps(), promises())
}

// facts are what holds today, and the sections of a file.
func facts() []Mapping {
	return []Mapping{
		{Name: "file", Meaning: "What stands at the left edge of a file. All files of a folder are read as one, and each name is defined once.", Keys: []Key{
			{"bedside", One, true, "the language's version"},
			{"languages", Names, true, "every text is there in each of these; the first is used when a patient's language is not among them"},
			{"clinic", "mapping:clinic", true, "who runs the conversation"},
			{"emergency", "mapping:emergency", false, "the number to dial, and words that are heard everywhere"},
			{"holidays", "members:holidays", false, "lists of days on which other times hold"},
			{"hours", "members:hours", false, "opening hours"},
			{"departments", "members:department", true, "groups of doctors"},
			{"consents", "members:consent document", false, "what patients agree to"},
			{"slots", "members:slot", false, "the answers that are remembered, with their questions"},
			{"ladders", "members:ladder", false, "what happens to whoever waits"},
			{"silence", Silences, false, "what happens when a patient stops answering the bot"},
			{"fragments", "members:fragment", false, "lists of steps that come back to where they were used"},
			{"flows", "members:door", true, "the doors: how a conversation may begin; the first is the usual one"},
			{"parts", "members:part", true, "the steps"},
		}},
		{Name: "clinic", Meaning: "Facts of today.", Keys: []Key{
			{"name", Words, true, "as patients read it"},
			{"phone", Phone, true, "to be shown and dialled"},
			{"zone", Word, true, "the clinic's time zone, such as Europe/Moscow"},
			{"alert", Word, false, "the lead, who is woken when a promise is about to break"},
		}},
		{Name: "emergency", Meaning: "Facts of today. Found words lead to the part `emergency` from everywhere.", Keys: []Key{
			{"phone", Phone, true, "the emergency number"},
			{"offer_to", Dept, false, "rung at once, whatever the patient does next"},
			{"words", WordLists, false, "whole words; any ending after *; case and ё do not matter"},
			{"not_in", Names, false, "slots whose answers are not searched"},
		}},
		{Name: "holidays", Named: "holiday", Meaning: "Days and spans of days: `2027-02-23: closed`, `2027-01-01..2027-01-08: closed`, `2027-02-22: \"09:00-14:00\"`."},
		{Name: "hours", Meaning: "A day that is not named is closed. Days are mon tue wed thu fri sat sun, or spans such as mon-fri. Times may pass midnight; they belong to the day on which they begin.", Keys: []Key{
			{"mon-fri", Times, false, "any day or span of days"},
			{"holidays", Word, false, "a list of holidays that goes before the days"},
		}},
		{Name: "department", Meaning: "A group of doctors. Facts of today.", Keys: []Key{
			{"title", Words, true, "as patients read it"},
			{"hours", Hours, false, "when it is open"},
			{"offer", oneOf("least_busy", "longest_idle", "round_robin"), false, "to whom a patient is offered first: least_busy, longest_idle or round_robin"},
			{"prefer", oneOf("same_doctor"), false, "same_doctor: who saw this patient before, if on duty"},
			{"answer_within", Span, false, "rings one doctor so long"},
			{"reply_within", Span, false, "taken but silent so long: offered again, and both are told"},
			{"booking", "mapping:booking", false, "what can be booked"},
		}},
		{Name: "booking", Meaning: "Which times of a department can be booked.", Keys: []Key{
			{"length", Span, true, "of one visit"},
			{"from", Span, false, "notice: not sooner than that"},
			{"until", Span, false, "horizon: not later than that"},
		}},
	}
}

// answers are what is asked and remembered, and what happens to whoever waits.
func answers() []Mapping {
	return []Mapping{
		{Name: "consent document", Meaning: "A document that patients agree to. Its SHA-256 is recorded with the answer.", Keys: []Key{
			{"title", Words, true, "over the document"},
			{"document", Files, true, "Markdown, beside the flow; shown in full"},
			{"version", Text, true, "in quotes; another version is asked for again"},
			{"valid", Span, false, "a patient who is known by a signed identity is not asked again within it"},
		}},
		{Name: "slot", Meaning: "One remembered answer. What else it has depends on its type.", Keys: []Key{
			{"type", oneOf("text", "number", "date", "phone", "email", "choice", "choices", "yes_no", "files"), true, "text, number, date, phone, email, choice, choices, yes_no or files"},
			{"label", Words, false, "what the doctor's card says"},
			{"ask", Words, false, "the question; none for a slot that `set` alone fills"},
			{"optional", Truth, false, "a Skip button"},
			{"fills", oneOf("patient.name", "patient.born", "patient.phone", "patient.email"), false, "patient.name, patient.born, patient.phone or patient.email"},
			{"red_flag", Truth, false, "yes_no: yes leads to the part `emergency`"},
			{"min", Number, false, "number: the least; text: characters at least"},
			{"max", Number, false, "number: the greatest; text: characters at most"},
			{"show", oneOf("scale"), false, "number: scale, a button for each number"},
			{"before", Date, false, "date: earlier than that"},
			{"after", Date, false, "date: later than that"},
			{"options", Options, false, "choice, choices: what can be chosen"},
			{"kinds", Names, false, "files: photo, pdf"},
			{"count", Whole, false, "files: so many at most"},
			{"size", Size, false, "files: each at most"},
		}},
		{Name: "option", Meaning: "One answer of a choice, one way of a `choose`, one answer on a rung.", Keys: []Key{
			{"id", Word, true, "how conditions and tests name it"},
			{"text", Words, true, "the button"},
			{"goto", Target, false, "choose and rungs: where it leads; without it, to the next step, or on waiting"},
			{"red_flag", Truth, false, "choice, choices: this answer leads to the part `emergency`"},
		}},
		{Name: "ladder", Named: "ladder", Meaning: "A list of rungs, in the order of their times. The last one is a promise."},
		{Name: "rung", Meaning: "What happens so long after the patient began to wait. The place in the queue is kept.", Keys: []Key{
			{"after", Span, true, "counted from the beginning of the wait"},
			{"say", Words, false, "what the patient is told"},
			{"also", Dept, false, "offered to these as well"},
			{"alert", Word, false, "who is woken"},
			{"choose", Words, false, "what the patient is asked, with `options`"},
			{"options", Options, false, "the answers to `choose`"},
			{"goto", Target, false, "a part that runs while the place is kept"},
			{"end", Words, false, "the last word; the patient leaves the queue"},
		}},
		{Name: "reminder", Meaning: "One step of `silence`.", Keys: []Key{
			{"after", Span, true, "counted from the patient's last word"},
			{"say", Words, false, "a reminder"},
			{"end", Words, false, "the last word; the chat closes, and goes on when the patient writes"},
		}},
	}
}

// steps are lists of steps and the verbs that tell, ask and lead.
func steps() []Mapping {
	return []Mapping{
		{Name: "fragment", Named: "fragment", Meaning: "A list of steps, used by `use`."},
		{Name: "door", Meaning: "How a conversation may begin; a page of the clinic's site names one.", Keys: []Key{
			{"start", Part, true, "its first part"},
			{"title", Words, true, "as patients read it"},
		}},
		{Name: "part", Named: "part", Meaning: "A list of steps, done from top to bottom. A step has one verb, and any step may have `if`. The part `emergency` is shown for red flags and emergency words."},
		{Name: "step", Meaning: "What every step may have.", Keys: []Key{{"if", Condition, false, "the step is passed over where it is false"}}},
		{Name: "say", Meaning: "Tells the patient something.", Keys: []Key{
			{"say", Words, true, "what is told"},
			{"buttons", Dials, false, "numbers to call"},
		}},
		{Name: "button", Meaning: "A button that calls a number.", Keys: []Key{
			{"call", Text, true, "the number, or an insert such as \"{emergency.phone}\""},
			{"text", Words, true, "what it says"},
		}},
		{Name: "ask", Meaning: "Asks a slot's question; passes over a slot that is filled.", Keys: []Key{
			{"ask", Slot, true, "the slot"},
			{"again", Truth, false, "asks all the same"},
			{"if_yes", Part, false, "after a yes_no"},
			{"if_no", Part, false, "after a yes_no"},
			{"then", Branches, false, "after a choice; what is not named goes on"},
		}},
		{Name: "choose", Meaning: "Asks which way to go; the answer is not remembered.", Keys: []Key{
			{"choose", Words, true, "the question"},
			{"options", Options, true, "the ways"},
		}},
		{Name: "consent", Meaning: "Shows a document and asks for agreement; passed over when it has been given.", Keys: []Key{
			{"consent", Consent, true, "the consent"},
			{"refused", Part, true, "where a no leads"},
		}},
		{Name: "set", Meaning: "Fills slots with literals.", Keys: []Key{{"set", Literals, true, "checked against each slot's type"}}},
		{Name: "use", Meaning: "Does the steps of a fragment and comes back.", Keys: []Key{{"use", Fragment, true, "the fragment"}}},
		{Name: "goto", Meaning: "Goes to the beginning of a part.", Keys: []Key{{"goto", Target, true, "the part; `resume` gives the place back after a false alarm"}}},
	}
}

// promises are the verbs that let a patient wait, or end.
func promises() []Mapping {
	return []Mapping{
		{Name: "hand_over", Meaning: "Lets the patient wait for a doctor. When the doctor has finished, the next step follows.", Keys: []Key{
			{"hand_over", Dept, true, "the department"},
			{"tell", Words, false, "what the patient is told"},
			{"ladder", Ladder, false, "what happens meanwhile"},
			{"closed", Part, false, "outside the department's hours"},
			{"nobody", Part, false, "open, but nobody has signed in; the lead is woken"},
			{"priority", oneOf("normal", "urgent"), false, "normal or urgent"},
			{"summary", Names, false, "slots that come first on the doctor's card"},
		}},
		{Name: "video", Meaning: "Lets the patient wait for a doctor by video, at once.", Keys: []Key{
			{"video", Dept, true, "the department"},
			{"tell", Words, false, "what the patient is told"},
			{"ladder", Ladder, false, "what happens meanwhile"},
			{"closed", Part, false, "outside the department's hours"},
			{"nobody", Part, false, "open, but nobody has signed in, or there is no video just now, which the patient is told"},
			{"refused", Part, false, "the patient would rather type"},
			{"priority", oneOf("normal", "urgent"), false, "normal or urgent"},
			{"summary", Names, false, "slots that come first on the doctor's card"},
		}},
		{Name: "book", Meaning: "Offers the free times of a department: a promise.", Keys: []Key{
			{"book", Dept, true, "the department"},
			{"none", Part, true, "nothing is free, or nothing suits"},
		}},
		{Name: "callback", Meaning: "A task with a deadline in the console: a promise. Missed, it wakes the lead.", Keys: []Key{
			{"callback", Dept, true, "who calls"},
			{"within", Span, true, "counted in the department's opening hours"},
			{"tell", Words, false, "what the patient is told; {callback.by} is the moment"},
		}},
		{Name: "end", Meaning: "The last word. The conversation closes, or is parked while a promise stands.", Keys: []Key{
			{"end", Words, true, "what is said"},
			{"rate", Truth, false, "the patient is asked to rate the conversation"},
		}},
	}
}
