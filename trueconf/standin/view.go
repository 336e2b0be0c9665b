package standin

import (
	"encoding/json"
)

// conferenceView is a Conference object as API v3 answers it (API reference
// §5.1): a body that was written, and what the server adds.
type conferenceView struct {
	ID string `json:"id"`
	conferenceBody
	CreatedAt            int64   `json:"created_at"`
	Access               string  `json:"access"`
	URL                  string  `json:"url"`
	WebclientURL         string  `json:"webclient_url"`
	State                string  `json:"state"`
	SessionID            string  `json:"session_id"`
	MulticastEnable      bool    `json:"multicast_enable"`
	MulticastAddress     *string `json:"multicast_address"`
	StreamRecordingState int     `json:"stream_recording_state"`
	BroadcastEnabled     bool    `json:"broadcast_enabled"`
	BroadcastID          *string `json:"broadcast_id"`
	Broadcast            *string `json:"broadcast"`
}

type conferenceBody struct {
	Topic           string          `json:"topic"`
	Description     string          `json:"description"`
	Owner           string          `json:"owner"`
	Type            int             `json:"type"`
	Invitations     []invitation    `json:"invitations"`
	MaxPodiums      int             `json:"max_podiums"`
	MaxParticipants int             `json:"max_participants"`
	Schedule        schedule        `json:"schedule"`
	AllowGuests     bool            `json:"allow_guests"`
	PlannedOnly     bool            `json:"allow_only_planned_participants"`
	Rights          json.RawMessage `json:"rights"`
	AutoInvite      int             `json:"auto_invite"`
	Tags            []string        `json:"tags"`
	Recording       int             `json:"recording"`
}

func (rm *room) body() conferenceBody {
	b := conferenceBody{
		Topic: rm.topic, Description: rm.description, Owner: rm.owner, Type: rm.kind,
		Invitations: rm.invitations, MaxPodiums: rm.maxPodiums, MaxParticipants: rm.maxParticipants,
		Schedule: rm.schedule, AllowGuests: rm.allowGuests, PlannedOnly: rm.plannedOnly,
		Rights: rm.rights, AutoInvite: rm.autoInvite, Tags: rm.tags, Recording: rm.recording,
	}
	if b.Invitations == nil {
		b.Invitations = []invitation{}
	}
	if b.Tags == nil {
		b.Tags = []string{}
	}
	if b.Rights == nil {
		b.Rights = json.RawMessage("null")
	}
	return b
}

// view is the room as an answer to q shows it; the caller holds the mutex.
func (s *Server) view(q *request, rm *room) conferenceView {
	base := s.base(q.Request)
	v := conferenceView{
		ID: rm.id, conferenceBody: rm.body(), CreatedAt: rm.created.Unix(), Access: "private",
		URL: base + "/c/" + rm.id, WebclientURL: base + "/webrtc/" + rm.id, State: rm.state(),
	}
	if s.sw.OwnerWithServer {
		v.Owner += "@" + s.opt.ServerName
	}
	if rm.allowGuests && !rm.plannedOnly {
		v.Access = "public"
	}
	if rm.session != nil {
		v.SessionID = rm.session.id
	}
	return v
}

func (s *Server) aboutRoom(q *request, rm *room) answer {
	return ok(map[string]any{"conference": s.view(q, rm)})
}
