package config

import "time"

// Limits are times and counts; what is left out keeps its usual value.
type Limits struct {
	// How long a patient waits before being given the clinic's number, and before
	// the console rings again.
	WaitRung time.Duration `yaml:"wait_rung" range:"1s 30d"`
	// How long a doctor may leave a patient without an answer before the patient
	// goes back to the queue, where the department names no time.
	ReplyWithin time.Duration `yaml:"reply_within" range:"1s 30d"`
	// After how long a conversation that nobody has written in is closed.
	IntakeIdle time.Duration `yaml:"intake_idle" range:"1s 366d"`
	// How long a closed conversation may be taken up again.
	ResumeWithin time.Duration `yaml:"resume_within" range:"1s 366d"`
	// How long a call may last.
	CallLimit time.Duration `yaml:"call_limit" range:"1s 7d"`
	// After how long an empty room is closed once somebody was in it.
	CallEmpty time.Duration `yaml:"call_empty" range:"1s 7d"`
	// After how long a room is closed that nobody has entered.
	CallUnused time.Duration `yaml:"call_unused" range:"1s 7d"`
	// How long Bedside tries to make a room before it tells that there is none.
	GiveUpAfter time.Duration `yaml:"give_up_after" range:"1s 7d"`
	// The characters of one message.
	TextMax int `yaml:"text_max" range:"1 20000"`

	// Requests per second of one address. Raise it where many people sit behind one
	// address and the log tells of too_many.
	RequestsPerSecond int `yaml:"requests_per_second" range:"1 1000000"`
	// How many requests an address may make at once.
	RequestBurst int `yaml:"request_burst" range:"1 1000000"`
	// Conversations begun per minute from one address.
	StartsPerMinute int `yaml:"starts_per_minute" range:"1 1000000"`
	// How many conversations may be begun at once from one address.
	StartBurst int `yaml:"start_burst" range:"1 1000000"`
	// Conversations begun per minute on one site, from all addresses.
	SiteStartsPerMinute int `yaml:"site_starts_per_minute" range:"1 1000000"`
	// How many conversations may be begun at once on one site.
	SiteStartBurst int `yaml:"site_start_burst" range:"1 1000000"`
	// Commands per second of one patient or staff member.
	CommandsPerSecond int `yaml:"commands_per_second" range:"1 1000000"`
	// How many commands one patient or staff member may give at once.
	CommandBurst int `yaml:"command_burst" range:"1 1000000"`
	// Bytes per second that one patient may write; an address four times as many.
	TextPerSecond int `yaml:"text_per_second" range:"64 1073741824"`
	// How many bytes one patient may write at once.
	TextBurst int `yaml:"text_burst" range:"1024 1073741824"`
	// Sockets and long polls that one address may hold open.
	SocketsPerAddress int `yaml:"sockets_per_address" range:"1 1000000"`
	// Sockets and long polls of one patient or one sign-in.
	SocketsPerTicket int `yaml:"sockets_per_ticket" range:"1 1000000"`
	// Sockets altogether. Each takes some 16 KB of memory, and a file of the
	// process's limit (LimitNOFILE).
	Sockets int `yaml:"sockets" range:"1 1000000"`
	// MiB free on the data disk, below which no conversation is begun.
	FreeDisk int `yaml:"free_disk" range:"1 1000000000"`
}
