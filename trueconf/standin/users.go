package standin

import (
	"cmp"
	"strings"
)

// User is a registered user of the stand-in.
type User struct {
	ID          string // without server; also the login name
	DisplayName string // default: the id
	Email       string
	Status      UserStatus // outside any conference; default online
}

// UserStatus is a user's presence (API reference §4.3).
type UserStatus int

// The presence of a user. The zero value of [User.Status] means online, so a user
// who is offline is StatusAway, which answers as 0.
const (
	StatusNotActive UserStatus = -2
	StatusAway      UserStatus = -1000
	StatusOnline    UserStatus = 1
	StatusBusy      UserStatus = 2
	StatusHost      UserStatus = 5 // in a conference of their own
)

func defaultUsers() []User {
	return []User{
		{ID: "doctor1", DisplayName: "Doctor One"},
		{ID: "doctor2", DisplayName: "Doctor Two"},
		{ID: "bedside", DisplayName: "Bedside"},
	}
}

func (u User) name() string { return cmp.Or(u.DisplayName, u.ID) }

// user finds somebody by anna or anna@server; nil if there is nobody.
func (s *Server) user(id string) *User {
	for i := range s.users {
		if strings.EqualFold(s.users[i].ID, bare(id)) {
			return &s.users[i]
		}
	}
	return nil
}

// SetUserStatus changes a user's presence. It reports whether the user exists.
func (s *Server) SetUserStatus(id string, status UserStatus) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	u := s.user(id)
	if u != nil {
		u.Status = status
	}
	return u != nil
}

// status is what the API answers now: being in a conference goes before what the
// user's own app page says, and that before the preset.
func (s *Server) status(u User) int {
	for _, rm := range s.order {
		for _, p := range rm.people {
			if p.id == u.ID && rm.owner == u.ID {
				return int(StatusHost)
			}
			if p.id == u.ID {
				return int(StatusBusy)
			}
		}
	}
	if s.known[u.ID] {
		return s.appStatus(u.ID)
	}
	if u.Status == StatusAway {
		return 0
	}
	return int(cmp.Or(u.Status, StatusOnline))
}

// userView is a user as API v3 answers one (API reference §4.3).
type userView struct {
	ID          string      `json:"id"`
	UID         string      `json:"uid"`
	Avatar      *string     `json:"avatar"`
	LoginName   string      `json:"login_name"`
	Email       string      `json:"email"`
	DisplayName string      `json:"display_name"`
	FirstName   string      `json:"first_name"`
	LastName    string      `json:"last_name"`
	Company     string      `json:"company"`
	Groups      []groupView `json:"groups"`
	MobilePhone string      `json:"mobile_phone"`
	WorkPhone   string      `json:"work_phone"`
	HomePhone   string      `json:"home_phone"`
	IsActive    int         `json:"is_active"`
	Status      int         `json:"status"`
}

type groupView struct {
	ID          string   `json:"id"`
	DisplayName string   `json:"display_name"`
	Rights      []string `json:"rights"`
}

var noGroup = groupView{ID: "@no_group", DisplayName: "Without a group", Rights: []string{}}

func (s *Server) userView(u User) userView {
	first, last, _ := strings.Cut(u.name(), " ")
	return userView{
		ID: u.ID, UID: u.ID + "@" + s.opt.ServerName, LoginName: u.ID, Email: u.Email,
		DisplayName: u.name(), FirstName: first, LastName: last, Groups: []groupView{noGroup},
		IsActive: bit(u.Status != StatusNotActive), Status: s.status(u),
	}
}

// listUsers answers GET /users; pages count from 0 and next_page_id -1 is the end.
func listUsers(s *Server, q *request) answer {
	s.lock()
	defer s.mu.Unlock()
	login, name := q.URL.Query().Get("login_name"), strings.ToLower(q.URL.Query().Get("display_name"))
	found := []userView{}
	for _, u := range s.users {
		if (login == "" || u.ID == bare(login)) && strings.Contains(strings.ToLower(u.name()), name) {
			found = append(found, s.userView(u))
		}
	}
	page, size := q.paging(0)
	first := min(page*size, len(found))
	end := min(first+size, len(found))
	next := page + 1
	if end == len(found) {
		next = -1
	}
	return ok(map[string]any{"next_page_id": next, "users": found[first:end]})
}

// getUser answers GET /users/{id}.
func getUser(s *Server, q *request) answer {
	s.lock()
	defer s.mu.Unlock()
	u := s.user(q.PathValue("id"))
	if u == nil {
		return unknownUser(q.PathValue("id"))
	}
	return ok(map[string]any{"user": s.userView(*u)})
}

// listGroups answers GET /groups: nobody belongs to one.
func listGroups(_ *Server, _ *request) answer {
	return ok(map[string]any{"next_page_id": -1, "groups": []groupView{noGroup}})
}
