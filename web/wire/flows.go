package wire

import "time"

// Flows answers GET /api/v1/flows, and POST …/publish and …/rollback with what holds
// after them: which version of the flow is served, what stands in the files, and with
// which versions conversations go on.
type Flows struct {
	Served  FlowVersion   `json:"served"`
	History []FlowVersion `json:"history"`           // the last ones, the newest first
	Planned *FlowPlan     `json:"planned,omitempty"` // a version that waits for its time
	Publish string        `json:"publish"`           // by_command or on_save
	Files   FlowFiles     `json:"files"`
	Open    []FlowOpen    `json:"open"` // versions with open conversations, the newest first
}

// FlowVersion is one publication.
type FlowVersion struct {
	Number int       `json:"number"` // from 1
	Hash   string    `json:"hash"`
	At     time.Time `json:"at"`
	By     string    `json:"by,omitempty"` // a login, or a user of the machine
	How    string    `json:"how"`          // start, command, console, save, schedule or rollback
	Note   string    `json:"note,omitempty"`
	Of     int       `json:"of,omitempty"` // of a rollback: the version whose files these are
}

// FlowPlan is a version that waits for its time.
type FlowPlan struct {
	At   time.Time `json:"at"`
	By   string    `json:"by,omitempty"`
	Note string    `json:"note,omitempty"`
}

// FlowFiles is what stands in the files beside what is served.
type FlowFiles struct {
	State    string        `json:"state"` // clean, changed or broken
	At       time.Time     `json:"at,omitzero"`
	Problems []FlowProblem `json:"problems"` // errors and warnings
}

// FlowProblem is one thing that is wrong in the files; without a file it is
// what the tests or the configuration say.
type FlowProblem struct {
	File    string `json:"file,omitempty"`
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`
	Warning bool   `json:"warning,omitempty"`
	Code    string `json:"code,omitempty"`
	What    string `json:"what"`
	Cure    string `json:"cure,omitempty"`
}

// FlowOpen counts the open conversations that began with one version.
type FlowOpen struct {
	Number int    `json:"number,omitempty"` // 0: it was served before versions were counted
	Hash   string `json:"hash"`
	Open   int    `json:"open"`
}

// PublishFlow is the body of POST /api/v1/flows/publish.
type PublishFlow struct {
	Note string `json:"note,omitempty"` // what has changed and why
}

// RollBackFlow is the body of POST /api/v1/flows/rollback.
type RollBackFlow struct {
	To   int    `json:"to"` // a version's number
	Note string `json:"note,omitempty"`
}
