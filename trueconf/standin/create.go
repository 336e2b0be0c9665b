package standin

import "fmt"

// maxParticipants is the stand-in's licence for one conference.
const maxParticipants = 250

// create answers POST /conferences (API reference §4.1, §9.1).
func create(s *Server, q *request) answer {
	var in conferenceInput
	if bad := readJSON(q.Request, &in); bad != nil {
		return *bad
	}
	if in.Topic == nil {
		return badParameter("required", "topic", "The topic is required.")
	}
	if bad := in.check(); bad != nil {
		return *bad
	}
	now := s.lock()
	defer s.mu.Unlock()
	if bad := s.checkOwner(in, true); bad != nil {
		return *bad
	}
	rm := &room{schedule: schedule{Type: scheduleNone}, maxParticipants: maxParticipants, created: now}
	if bad := s.nameRoom(rm, in.ID); bad != nil {
		return *bad
	}
	rm.take(in)
	s.rooms[rm.id] = rm
	s.order = append(s.order, rm)
	if in.State != nil && *in.State == "running" && !s.sw.IgnoreState {
		s.run(rm, now)
	}
	s.settle(rm, now)
	return s.aboutRoom(q, rm)
}

// checkOwner refuses an owner who does not exist (status known, reason guessed).
func (s *Server) checkOwner(in conferenceInput, required bool) *answer {
	var a answer
	switch {
	case in.Owner == nil && !required:
		return nil
	case in.Owner == nil || *in.Owner == "":
		a = badParameter("required", "owner", "The owner is required.")
	case s.user(*in.Owner) == nil && !s.sw.AnyOwner:
		a = badParameter("ownerNotFound", "owner", "The owner does not exist.")
	default:
		return nil
	}
	return &a
}

// nameRoom gives a new room its id: the client's own, or ten digits.
func (s *Server) nameRoom(rm *room, own *string) *answer {
	if own == nil || s.sw.OwnIDs == OwnIDReplaced {
		for rm.id == "" || s.rooms[rm.id] != nil {
			n := s.next() // real ids may start with 0, so a third of these do
			rm.id = fmt.Sprintf("%d%09d", n%3*4, n*7_919_317%1_000_000_000)
		}
		return nil
	}
	var a answer
	switch {
	case s.sw.OwnIDs == OwnIDRefused:
		a = badParameter("notAllowed", "id", "Choosing an id is not allowed by the licence.")
	case s.rooms[*own] != nil:
		a = badParameter("uniqueValueAlreadyInUse", "id", "The value is already in use.")
	default:
		rm.id = *own
		return nil
	}
	return &a
}

// take copies every field that was sent.
func (rm *room) take(in conferenceInput) {
	set(&rm.topic, in.Topic)
	set(&rm.description, in.Description)
	if in.Owner != nil {
		rm.owner = bare(*in.Owner)
	}
	setInt(&rm.kind, in.Type)
	setInt(&rm.maxParticipants, in.MaxParticipants)
	setInt(&rm.maxPodiums, in.MaxPodiums)
	setInt(&rm.autoInvite, in.AutoInvite)
	setInt(&rm.recording, in.Recording)
	setBool(&rm.allowGuests, in.AllowGuests)
	setBool(&rm.plannedOnly, in.PlannedOnly)
	if in.Schedule != nil {
		rm.schedule, rm.started = *in.Schedule, false
	}
	if in.Invitations != nil {
		rm.invitations = in.Invitations
	}
	if in.Tags != nil {
		rm.tags = in.Tags
	}
	if in.Rights != nil {
		rm.rights = in.Rights
	}
	switch rm.kind {
	case 0:
		rm.maxPodiums = rm.maxParticipants
	case 1:
		rm.maxPodiums = 1
	}
}

func set(to *string, from *string) {
	if from != nil {
		*to = *from
	}
}

func setInt(to *int, from *looseInt) {
	if from != nil {
		*to = int(*from)
	}
}

func setBool(to *bool, from *looseInt) {
	if from != nil {
		*to = *from != 0
	}
}
