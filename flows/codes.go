package flows

import (
	"slices"

	"bedside/flows/yamltree"
)

// The codes of problems besides those of reading YAML. Each stands in [Codes]
// with what it means, and has a broken file in testdata/broken.
const (
	codeUnknownKey    = "unknown-key"
	codeMissingKey    = "missing-key"
	codeMisplaced     = "misplaced-key"
	codeNoValue       = "no-value"
	codeWrongType     = "wrong-type"
	codeBadValue      = "bad-value"
	codeOddNumber     = "odd-number"
	codeNoLadder      = "no-ladder"
	codeNoClosed      = "no-closed"
	codeNoNobody      = "no-nobody"
	codeLadderEnds    = "ladder-without-promise"
	codeRungBehind    = "rung-behind-promise"
	codeNoPromise     = "end-without-promise"
	codeNoEmergency   = "no-emergency-part"
	codeNoNumber      = "emergency-without-number"
	codeEmergencyShut = "emergency-closed"
	codeNeverOpen     = "never-open"
	codeHolidays      = "holidays-end"
	codeUnused        = "unused"
	codeSameText      = "same-text"
	codeFalseAlarm    = "false-alarm"
	codeLongText      = "long-text"
	codeUnquoted      = "unquoted-phone"
	codeVersion       = "wrong-version"
	codeTwice         = "defined-twice"
	codeBadID         = "bad-id"
	codeReserved      = "reserved-id"
	codeTooMany       = "too-many"
	codeBadLanguage   = "bad-language"
	codeUnknownLang   = "unknown-language"
	codeTranslation   = "missing-translation"
	codeInsert        = "bad-insert"
	codeCondition     = "bad-condition"
	codeNoVerb        = "no-verb"
	codeTwoVerbs      = "two-verbs"
	codePart          = "unknown-part"
	codeSlot          = "unknown-slot"
	codeDepartment    = "unknown-department"
	codeHours         = "unknown-hours"
	codeOption        = "unknown-option"
	codeConsent       = "unknown-consent"
	codeFragment      = "unknown-fragment"
	codeLadder        = "unknown-ladder"
	codeDocument      = "no-document"
	codeNoQuestion    = "no-question"
	codeRunsOut       = "runs-out"
	codeCycle         = "cycle"
	codeNeverFilled   = "never-filled"
	codeBeforeSet     = "read-before-set"
	codeMayBeEmpty    = "may-be-empty"
	codeUnreachable   = "unreachable-part"
	codeSkippedSteps  = "unreachable-step"
)

// CodeInfo says what a problem's code stands for, and how such a problem is
// mended. Each has a section in docs/flow-problems.md.
type CodeInfo struct {
	Code    string
	Meaning string // what is wrong, in half a sentence
	Mend    string // what to do, in whole sentences
}

// Page is where the documentation explains a code.
func Page(code string) string { return "docs/flow-problems.md#" + code }

var codeTable = []CodeInfo{
	{yamltree.Alias, "YAML anchors and aliases are not of the language",
		"Write the thing out where it is needed. A text that begins with `&` or `*` stands in quotes."},
	{codeCondition, "a condition cannot be understood, or compares what cannot be compared",
		"Write slots, literals, `and`, `or`, `not`, `== != < <= > >=` and the five functions; a word of a choice in quotes; brackets where `not` is to hold for a comparison."},
	{codeBadID, "an id is small Latin letters, figures and _, beginning with a letter",
		"Rename it with small Latin letters, figures and `_`, and write the same wherever it is named. A Cyrillic letter that looks like a Latin one is retyped with the Latin keyboard."},
	{codeInsert, "an insert such as {name} is unknown, misspelt or cannot stand here",
		"Write a slot's name or one of the language's inserts in `{}`, without spaces, and only where it is known."},
	{codeBadLanguage, "a language is not a tag such as en or pt-BR, or stands twice",
		"Write each language once, as a tag such as `en`, `ru` or `pt-BR`."},
	{codeBadValue, "a value cannot be what it says: a length of time, a zone, a date, a limit",
		"Write the value in the form that the message shows."},
	{yamltree.Curly, "a curly quote stands where a straight one is meant",
		"Write straight quotes around a text. Inside of them curly ones are letters like others, and may stay."},
	{codeCycle, "parts lead in a circle without ever waiting for the patient",
		"Put a step on the way that waits for the patient: a `choose`, or an `ask` with `again: true`."},
	{codeTwice, "a name is defined a second time",
		"Keep one of them. All files of a folder share their names, so the other one may stand in another file."},
	{yamltree.DuplicateKey, "a key stands twice in one place",
		"Keep one of them: YAML would let the last one win without a word."},
	{codeEmergencyShut, "an emergency leads to a department that may be closed",
		"Name a department with `hours: always`, or add `closed:` that leads to a promise."},
	{codeNoNumber, "the part `emergency` says no number to call",
		"Say {emergency.phone} in its first step, with `buttons: [{call: \"{emergency.phone}\", text: …}]`."},
	{yamltree.Empty, "there is nothing in a file",
		"Write a flow in it, or remove the file."},
	{codeNoPromise, "a patient can come to an end without a promise",
		"A promise is: a doctor has had the patient, a `book`, a `callback`, or words with a number to dial. Say a number in the `end`, or lead the way over one of the others."},
	{codeFalseAlarm, "the text of an option holds an emergency word, so whoever types it raises an emergency",
		"If it is dangerous, write `red_flag: true` on the option. If not, say it in other words, or put the slot in `not_in`."},
	{codeHolidays, "a list of holidays ends within 60 days, or has ended",
		"Add the days of the next year. This depends on the day on which it is asked, so `flow check` may say it of a flow that has not changed."},
	{codeLadderEnds, "the last rung of a ladder is no promise",
		"Let the last rung lead to a part that makes one (`callback`, `book`), or say a number to call. A question is none: it may stay unanswered."},
	{codeLongText, "a text is longer than people read on a phone",
		"Say it in fewer words, or in several steps. A button holds up to 80 characters, a message is read up to 600."},
	{yamltree.Documents, "a file holds more than one YAML document",
		"Remove the line `---`, or make two files of it."},
	{codeMayBeEmpty, "a slot that may be empty is read without known()",
		"Ask for the slot on every way that leads here, or guard the place with `known(slot)`, so that no silence decides."},
	{codeMisplaced, "a key does not belong to this verb or type",
		"Remove the key, or use the verb or type that has it."},
	{codeMissingKey, "a key that is needed is missing",
		"Add the key."},
	{codeTranslation, "a text is missing in one of the languages",
		"Add the text in that language, or take the language out of `languages`."},
	{codeNeverFilled, "a slot is read that no step fills",
		"Add an `ask` or a `set` for the slot before the place, or read another slot."},
	{codeNeverOpen, "hours in which nothing is ever open",
		"Write at least one day with its hours."},
	{codeNoClosed, "a wait for a doctor does not say what follows outside of the department's hours",
		"Add `closed:` with the part to which the flow leads then: it offers a `book`, a `callback`, or says a number."},
	{yamltree.NoColon, "within brackets a word stands without a colon",
		"Put a text that has a comma, or that begins with `{`, in double quotes; if a key was meant, write a colon and a space behind it."},
	{codeDocument, "a consent names a document that is not there or cannot be shown",
		"Write the path of the document from the flow's own folder down, in a file that ends in `.md` or `.txt`, saved as UTF-8."},
	{codeNoEmergency, "there are red flags or emergency words, and no part `emergency`",
		"Add a part `emergency` that says {emergency.phone} first, with a button that calls it, and then asks whether it is one."},
	{codeNoLadder, "a wait for a doctor has no ladder",
		"Add `ladder:` with the name of one. Its rungs say what happens while nobody answers, and the last is a promise. Without one the built-in rungs alert the lead and say the clinic's numbers."},
	{codeNoNobody, "a wait for a doctor does not say what follows while nobody has signed in",
		"Add `nobody:` with the part to which the flow leads then. Without it the patient waits for the first rungs of the ladder in vain. A ladder that alerts somebody within two minutes will do as well."},
	{codeNoQuestion, "a slot is asked that has no question",
		"Give the slot an `ask:`, or fill it with `set` and do not ask it."},
	{codeNoValue, "a key has no value",
		"Write a value behind the colon, or remove the key. A text that is meant to be empty is left out."},
	{codeNoVerb, "a step has no verb",
		"Give the step one of the verbs."},
	{yamltree.NotUTF8, "a file is not UTF-8",
		"Save the file as UTF-8: most editors ask for the encoding when they save under a name."},
	{codeOddNumber, "a number is written so that YAML may read another one",
		"Write plain figures: `3` and not `03`, `1000` and not `1_000` or `1e3`."},
	{yamltree.Space, "a character that only looks like a space, or that is not seen at all, stands where it changes what is read",
		"Delete the character and write an ordinary space."},
	{codeBeforeSet, "a slot is read before any step can have filled it",
		"Move the `ask` before the place that reads the slot."},
	{codeReserved, "an id has a meaning of its own in YAML or in conditions",
		"Choose another word; `agreed` and `refused` say more than `yes` and `no`."},
	{codeRungBehind, "a rung stands behind one that settles the wait",
		"Remove it, or put it before."},
	{codeRunsOut, "a part comes to its end and nothing follows",
		"End the part with a step that always leads on: `goto`, `end`, or a wait with an `end` behind it."},
	{codeSameText, "two options of a question have the same text",
		"Say what makes them different: patients see only the texts."},
	{yamltree.StrayQuote, "a text ends with a quote that is opened nowhere",
		"Write `\"` at both ends. Patients would read the one that is left."},
	{yamltree.Syntax, "a file is not YAML",
		"Follow the message: it names what YAML took the place for. If it is not clear, look at the line above as well."},
	{yamltree.Tab, "a line is indented with a tab",
		"Indent with spaces, two for each level; editors can be told to do so."},
	{yamltree.Tag, "YAML takes something for a tag",
		"Begin a condition with a word (`not`), and put a text that begins with `!` in quotes."},
	{yamltree.TooDeep, "values are nested too deeply",
		"A bracket or an indentation is too much: nothing in the language is so deep."},
	{yamltree.TooLarge, "a file is larger than 256 KiB",
		"Spread it over several files of one folder, which are read as one."},
	{codeTooMany, "there are more steps, slots or files than a flow may have",
		"Make several flows of it, each in a folder of its own."},
	{codeTwoVerbs, "a step has more than one verb",
		"Begin each verb on a line of its own with `- `."},
	{codeConsent, "no consent has this name",
		"Write the name of a consent as it stands under `consents`, or add the consent."},
	{codeDepartment, "no department has this name",
		"Write the name of a department as it stands under `departments`."},
	{codeFragment, "no fragment has this name",
		"Write the name of a fragment as it stands under `fragments`, or add the fragment."},
	{codeHours, "no hours or list of holidays has this name",
		"Write one of the names under `hours`, or `always`; a list of holidays is named as under `holidays`."},
	{codeUnknownKey, "the language has no such key",
		"Correct the spelling; the message shows the nearest key."},
	{codeLadder, "no ladder has this name",
		"Write the name of a ladder as it stands under `ladders`, or add the ladder."},
	{codeUnknownLang, "a text is in a language that `languages` does not name",
		"Correct the tag, or add the language to `languages`."},
	{codeOption, "a choice has no such option",
		"Write the id of one of the choice's options, not its text."},
	{codePart, "no part has this name",
		"Write the name of a part as it stands under `parts`, or add the part."},
	{codeSlot, "no slot has this name",
		"Write the name of a slot as it stands under `slots`, or add the slot."},
	{codeUnquoted, "a phone number stands without quotes and was read as a number",
		"Put every number that is dialled in quotes: without them `03` is 3, and a `+` is lost."},
	{codeUnreachable, "no step leads to a part",
		"Lead to it with a `goto`, or remove it."},
	{codeSkippedSteps, "a step stands behind one that always leads away",
		"Remove the step, or give the one before it an `if`."},
	{codeUnused, "something is defined that nothing uses",
		"Use it, or remove it. Of a red flag it means that nobody is asked."},
	{codeWrongType, "a value is of the wrong kind",
		"Write the kind of value that the message names."},
	{codeVersion, "the file is written in another version of the language",
		"Write `bedside: 1`."},
}

// Codes lists every code that a [Problem] can have, sorted.
func Codes() []CodeInfo { return slices.Clone(codeTable) }
