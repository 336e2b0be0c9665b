package standin

import (
	"slices"
	"time"
)

// Room is a snapshot of one conference.
type Room struct {
	ID, Topic, Description, Owner string
	Tags                          []string
	Invited                       []string // ids of the planned invitees
	State                         string   // "running" or "stopped"
	Participants                  []Participant
	MaxParticipants               int
	Created                       time.Time
	Runs                          int           // how often it was started
	Start                         time.Time     // when it begins by itself; zero: it has no plan
	Length                        time.Duration // … and how long it is meant to last
}

// Participant is a snapshot of somebody in a room.
type Participant struct {
	ID     string // "*guest*p1" for a guest, else the TrueConf ID
	Name   string
	Guest  bool
	Joined time.Time
	Ghost  bool // the connection died without a goodbye
	// FramesDecoded and AudioEnergy are what the person's own page last told of
	// the picture and sound that it receives: proof of media for a test.
	FramesDecoded uint64
	AudioEnergy   float64
}

// Rooms lists every conference in the order of creation.
func (s *Server) Rooms() []Room {
	s.lock()
	defer s.mu.Unlock()
	out := make([]Room, 0, len(s.order))
	for _, rm := range s.order {
		out = append(out, rm.snapshot())
	}
	return out
}

func (rm *room) snapshot() Room {
	r := Room{
		ID: rm.id, Topic: rm.topic, Description: rm.description, Owner: rm.owner,
		Tags: slices.Clone(rm.tags), State: rm.state(), MaxParticipants: rm.maxParticipants,
		Created: rm.created, Runs: rm.runs,
	}
	if from, to, planned := rm.planned(); planned {
		r.Start, r.Length = from, to.Sub(from)
	}
	for _, inv := range rm.invitations {
		r.Invited = append(r.Invited, inv.ID)
	}
	for _, p := range rm.people {
		r.Participants = append(r.Participants, Participant{
			ID: p.id, Name: p.name, Guest: p.guest, Joined: p.joined, Ghost: !p.lost.IsZero(),
			FramesDecoded: p.media.framesDecoded, AudioEnergy: p.media.audioEnergy,
		})
	}
	return r
}
