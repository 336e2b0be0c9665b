package bot

import (
	"encoding/json"
	"time"
)

// What a flow does beside asking and telling.
const (
	ConsentGiven    Kind = "consent.given" // or refused
	AnswerTakenBack Kind = "answer.taken_back"
	VideoDeclined   Kind = "video.declined"
	WaitReached     Kind = "wait.reached" // a rung of the flow's ladder; what it says and asks follows
	FlowMoved       Kind = "flow.moved"   // nothing that anybody reads: where the flow stands
	RatingGiven     Kind = "rating.given"
)

type (
	Consented struct {
		Step    string    `json:"step"`
		Consent string    `json:"consent"`
		Version string    `json:"version"`
		Hash    string    `json:"sha256"` // of the document
		Agreed  bool      `json:"agreed"`
		Known   bool      `json:"known,omitempty"` // from an earlier conversation: nobody was asked
		Given   time.Time `json:"given,omitzero"`  // … when it was given there
		Text    string    `json:"text,omitempty"`  // the button that was pressed
	}
	TakenBack struct {
		Step  string `json:"step"`
		Slot  string `json:"slot,omitempty"`
		Fills string `json:"fills,omitempty"`
	}
	Declined struct {
		Step string `json:"step"`
		Text string `json:"text,omitempty"`
	}
	Reached struct {
		Step  string   `json:"step"`
		Rung  int      `json:"rung"`
		Also  []string `json:"also,omitempty"`  // departments to which the patient is offered as well
		Alert string   `json:"alert,omitempty"` // who was woken
		Leads bool     `json:"leads,omitempty"` // it asks, or leads to a part
		Quiet bool     `json:"quiet,omitempty"` // it said and asked nothing
	}
	Moved struct {
		Event string          `json:"event"` // as flows calls it
		Body  json.RawMessage `json:"body"`
	}
	Rated struct {
		Stars int    `json:"stars"`
		Text  string `json:"text,omitempty"`
	}
)
