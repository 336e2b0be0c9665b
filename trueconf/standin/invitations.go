package standin

import (
	"slices"
	"time"
)

// invitationView is a user object with what being invited adds (API reference §4.3).
type invitationView struct {
	userView
	IsOwner int    `json:"is_owner"`
	Type    string `json:"type"` // user | custom
}

func (s *Server) invitationView(rm *room, inv invitation) invitationView {
	v := invitationView{Type: "custom", IsOwner: bit(bare(inv.ID) == rm.owner)}
	if u := s.user(inv.ID); u != nil {
		v.Type, v.userView = "user", s.userView(*u)
	} else {
		v.userView = userView{ID: inv.ID, UID: inv.ID, DisplayName: inv.DisplayName, Groups: []groupView{}}
	}
	if inv.DisplayName != "" {
		v.DisplayName = inv.DisplayName
	}
	return v
}

func listInvitations(s *Server, q *request) answer {
	return s.withRoom(q, func(rm *room, _ time.Time) answer {
		out := []invitationView{}
		for _, inv := range rm.invitations {
			out = append(out, s.invitationView(rm, inv))
		}
		return ok(map[string]any{"invitations": out})
	})
}

// addInvitation takes the body of v3, {"id","display_name"}.
func addInvitation(s *Server, q *request) answer {
	var in invitation
	if bad := readJSON(q.Request, &in); bad != nil {
		return *bad
	}
	if in.ID == "" {
		return badParameter("required", "id", "The id is required.")
	}
	return s.withRoom(q, func(rm *room, _ time.Time) answer {
		if rm.invited(in.ID) >= 0 {
			return badParameter("uniqueValueAlreadyInUse", "id", "The user is invited already.")
		}
		rm.invitations = append(slices.Clip(rm.invitations), in)
		return ok(map[string]any{"invitation": s.invitationView(rm, in)})
	})
}

func getInvitation(s *Server, q *request) answer {
	return s.withInvitation(q, func(rm *room, i int) answer {
		return ok(map[string]any{"invitation": s.invitationView(rm, rm.invitations[i])})
	})
}

func replaceInvitation(s *Server, q *request) answer {
	var in invitation
	if bad := readJSON(q.Request, &in); bad != nil {
		return *bad
	}
	return s.withInvitation(q, func(rm *room, i int) answer {
		rm.invitations = slices.Clone(rm.invitations)
		rm.invitations[i].DisplayName = in.DisplayName
		return ok(map[string]any{"invitation": s.invitationView(rm, rm.invitations[i])})
	})
}

func removeInvitation(s *Server, q *request) answer {
	return s.withInvitation(q, func(rm *room, i int) answer {
		id := rm.invitations[i].ID
		rm.invitations = slices.Delete(slices.Clone(rm.invitations), i, i+1)
		return ok(map[string]string{"id": id})
	})
}

func (s *Server) withInvitation(q *request, do func(rm *room, i int) answer) answer {
	return s.withRoom(q, func(rm *room, _ time.Time) answer {
		i := rm.invited(q.PathValue("uid"))
		if i < 0 {
			return unknown("invitation", "Invitation", q.PathValue("uid"))
		}
		return do(rm, i)
	})
}

// invited is the place of somebody among the planned invitees, or -1.
func (rm *room) invited(id string) int {
	return slices.IndexFunc(rm.invitations, func(inv invitation) bool { return bare(inv.ID) == bare(id) })
}
