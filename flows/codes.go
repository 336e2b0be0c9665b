package flows

import (
	"slices"

	"bedside/flows/internal/yamltree"
)

// The codes of problems besides those of reading YAML. Each stands in [Codes]
// with what it means, and has a broken file in testdata/broken.
const (
	codeNotBuilt     = "not-built"
	codeUnknownKey   = "unknown-key"
	codeMissingKey   = "missing-key"
	codeMisplaced    = "misplaced-key"
	codeNoValue      = "no-value"
	codeWrongType    = "wrong-type"
	codeBadValue     = "bad-value"
	codeUnquoted     = "unquoted-phone"
	codeVersion      = "wrong-version"
	codeTwice        = "defined-twice"
	codeBadID        = "bad-id"
	codeReserved     = "reserved-id"
	codeTooMany      = "too-many"
	codeBadLanguage  = "bad-language"
	codeUnknownLang  = "unknown-language"
	codeTranslation  = "missing-translation"
	codeInsert       = "bad-insert"
	codeCondition    = "bad-condition"
	codeNoVerb       = "no-verb"
	codeTwoVerbs     = "two-verbs"
	codePart         = "unknown-part"
	codeSlot         = "unknown-slot"
	codeDepartment   = "unknown-department"
	codeOption       = "unknown-option"
	codeNoQuestion   = "no-question"
	codeRunsOut      = "runs-out"
	codeCycle        = "cycle"
	codeNeverFilled  = "never-filled"
	codeBeforeSet    = "read-before-set"
	codeMayBeEmpty   = "may-be-empty"
	codeUnreachable  = "unreachable-part"
	codeSkippedSteps = "unreachable-step"
)

// CodeInfo says what a problem's code stands for.
type CodeInfo struct {
	Code    string
	Meaning string
}

var codeTable = []CodeInfo{
	{yamltree.Alias, "YAML anchors and aliases are not of the language"},
	{codeCondition, "a condition cannot be understood, or compares what cannot be compared"},
	{codeBadID, "an id is small Latin letters, figures and _, beginning with a letter"},
	{codeInsert, "an insert such as {name} is unknown, misspelt or cannot stand here"},
	{codeBadLanguage, "a language is not a tag such as en or pt-BR, or stands twice"},
	{codeBadValue, "a value cannot be what it says: a length of time, a zone, a date, a limit"},
	{codeCycle, "parts lead in a circle without ever waiting for the patient"},
	{codeTwice, "a name is defined a second time"},
	{yamltree.DuplicateKey, "a key stands twice in one place"},
	{yamltree.Empty, "there is nothing in a file"},
	{yamltree.Documents, "a file holds more than one YAML document"},
	{codeMayBeEmpty, "a slot that may be empty is read without known()"},
	{codeMisplaced, "a key does not belong to this verb or type"},
	{codeMissingKey, "a key that is needed is missing"},
	{codeTranslation, "a text is missing in one of the languages"},
	{codeNeverFilled, "a slot is read that no step fills"},
	{codeNoQuestion, "a slot is asked that has no question"},
	{codeNoValue, "a key has no value"},
	{codeNoVerb, "a step has no verb"},
	{codeNotBuilt, "the language has this, but this version of Bedside does not know it yet"},
	{yamltree.NotUTF8, "a file is not UTF-8"},
	{yamltree.Space, "a line is indented with a character that only looks like a space"},
	{codeBeforeSet, "a slot is read before any step can have filled it"},
	{codeReserved, "an id has a meaning of its own in YAML or in conditions"},
	{codeRunsOut, "a part comes to its end and nothing follows"},
	{yamltree.Syntax, "a file is not YAML"},
	{yamltree.Tab, "a line is indented with a tab"},
	{yamltree.Tag, "YAML takes something for a tag"},
	{yamltree.TooDeep, "values are nested too deeply"},
	{yamltree.TooLarge, "a file is larger than 256 KiB"},
	{codeTooMany, "there are more steps, slots or files than a flow may have"},
	{codeTwoVerbs, "a step has more than one verb"},
	{codeDepartment, "no department has this name"},
	{codeUnknownKey, "the language has no such key"},
	{codeUnknownLang, "a text is in a language that `languages` does not name"},
	{codeOption, "a choice has no such option"},
	{codePart, "no part has this name"},
	{codeSlot, "no slot has this name"},
	{codeUnquoted, "a phone number stands without quotes and was read as a number"},
	{codeUnreachable, "no step leads to a part"},
	{codeSkippedSteps, "a step stands behind one that always leads away"},
	{codeWrongType, "a value is of the wrong kind"},
	{codeVersion, "the file is written in another version of the language"},
}

// Codes lists every code that a [Problem] can have, sorted.
func Codes() []CodeInfo { return slices.Clone(codeTable) }
