package standin

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// maxBody bounds the body of any request, in bytes.
const maxBody = 1 << 20

// looseInt takes 3 and "3" alike, as the real server was seen to (API reference §3).
type looseInt int

// UnmarshalJSON reads a number, a number in a string, or a boolean as 0 or 1.
func (n *looseInt) UnmarshalJSON(raw []byte) error {
	switch text := string(bytes.Trim(raw, `"`)); text {
	case "null":
		return nil
	case "true":
		*n = 1
	case "false", "":
		*n = 0
	default:
		v, err := strconv.Atoi(text)
		if err != nil {
			return fmt.Errorf("not a whole number: %w", strconv.ErrSyntax)
		}
		*n = looseInt(v)
	}
	return nil
}

// conferenceInput is the writable part of a Conference object (API reference
// §5.1). Absent fields are nil: a PUT leaves them as they are.
type conferenceInput struct {
	ID              *string         `json:"id"`
	Topic           *string         `json:"topic"`
	Description     *string         `json:"description"`
	Owner           *string         `json:"owner"`
	Type            *looseInt       `json:"type"`
	Invitations     []invitation    `json:"invitations"`
	MaxPodiums      *looseInt       `json:"max_podiums"`
	MaxParticipants *looseInt       `json:"max_participants"`
	Schedule        *schedule       `json:"schedule"`
	AllowGuests     *looseInt       `json:"allow_guests"`
	PlannedOnly     *looseInt       `json:"allow_only_planned_participants"`
	Rights          json.RawMessage `json:"rights"`
	AutoInvite      *looseInt       `json:"auto_invite"`
	State           *string         `json:"state"`
	Tags            []string        `json:"tags"`
	Recording       *looseInt       `json:"recording"`
}

type invitation struct {
	ID          string `json:"id"`
	DisplayName string `json:"display_name"`
}

// The kinds of schedule (API reference §5.3).
const (
	scheduleNone = looseInt(-1)
	scheduleWeek = looseInt(0)
	scheduleOnce = looseInt(1)
)

type schedule struct {
	Type       looseInt `json:"type"`
	Days       []string `json:"days,omitempty"`
	Time       string   `json:"time,omitempty"` // HH:MM
	StartTime  looseInt `json:"start_time,omitempty"`
	Duration   looseInt `json:"duration,omitempty"` // seconds
	TimeOffset looseInt `json:"time_offset,omitempty"`
}

// readJSON decodes a request body into v; the answer is nil when that worked.
func readJSON(r *http.Request, v any) *answer {
	raw, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, maxBody))
	if err == nil && len(bytes.TrimSpace(raw)) > 0 {
		err = json.Unmarshal(raw, v)
	}
	if err != nil {
		a := badParameter("parseError", "body", "The request body is not the JSON that this call takes.")
		return &a
	}
	return nil
}

var (
	idAlphabet = regexp.MustCompile(`^[0-9A-Za-z_]{1,128}$`)
	clockTime  = regexp.MustCompile(`^([01][0-9]|2[0-3]):[0-5][0-9]$`)
	weekdays   = []string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
)

// check finds the first field that breaks a documented limit.
func (in conferenceInput) check() *answer {
	bad := func(parameter, why string) *answer {
		a := badParameter("invalidValue", parameter, why)
		return &a
	}
	switch {
	case in.ID != nil && !idAlphabet.MatchString(*in.ID):
		return bad("id", "The id must be 1 to 128 digits, Latin letters or underscores.")
	case in.Topic != nil && (*in.Topic == "" || len([]rune(*in.Topic)) > 240):
		return bad("topic", "The topic must be 1 to 240 characters.")
	case in.Type != nil && !slices.Contains([]looseInt{0, 1, 3}, *in.Type):
		return bad("type", "The type must be 0, 1 or 3.")
	case in.AutoInvite != nil && (*in.AutoInvite < 0 || *in.AutoInvite > 2):
		return bad("auto_invite", "auto_invite must be 0, 1 or 2.")
	case in.MaxParticipants != nil && (*in.MaxParticipants < 1 || *in.MaxParticipants > maxParticipants):
		return bad("max_participants", "max_participants is out of range.")
	case in.Schedule != nil:
		return in.Schedule.check()
	}
	return nil
}

func (sc schedule) check() *answer {
	bad := func(parameter, why string) *answer {
		a := badParameter("invalidValue", parameter, why)
		return &a
	}
	switch sc.Type {
	case scheduleNone:
		return nil
	case scheduleWeek:
		for _, d := range sc.Days {
			if !slices.Contains(weekdays, strings.ToLower(d)) {
				return bad("days", "days holds a word that is no weekday.")
			}
		}
		if len(sc.Days) == 0 || !clockTime.MatchString(sc.Time) {
			return bad("schedule", "A weekly schedule needs days and a time HH:MM.")
		}
	case scheduleOnce:
		if sc.StartTime <= 0 {
			return bad("start_time", "A schedule for once needs start_time.")
		}
	default:
		return bad("schedule", "The schedule's type must be -1, 0 or 1.")
	}
	if sc.Duration < 60 || sc.Duration > 86399 {
		return bad("duration", "The duration must be 60 to 86399 seconds.")
	}
	return nil
}
