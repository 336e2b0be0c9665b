package bot

import "slices"

// Role says in which capacity somebody acts or reads.
type Role string

const (
	Patient Role = "patient"
	Doctor  Role = "doctor"
	Admin   Role = "admin"
	Auditor Role = "auditor"
	Service Role = "service"
	Bot     Role = "bot"
	System  Role = "system"
)

// Staff reports whether the role belongs to the clinic's people.
func (r Role) Staff() bool { return r == Doctor || r == Admin || r == Auditor }

// Other is the other of the two people of a call.
func (r Role) Other() Role {
	if r == Patient {
		return Doctor
	}
	return Patient
}

// Actor is whoever a credential stands for. It is made by those who check
// credentials (web) or by the engine itself (System), never from a request's body.
type Actor struct {
	Role         Role
	Login        string   // staff: the sign-in name
	Name         string   // what the other side reads
	Departments  []string // staff: whose waiting chats they may see and claim
	TrueConfID   string   // doctors: their own TrueConf account, or ""
	Capacity     int      // doctors: how many conversations are offered to them at once; 0 is the usual number
	Hours        string   // doctors: which of the clinic's hours are theirs; "": those of the department
	Conversation string   // patient: the one conversation of the ticket or visit key
	Call         string   // visit key: the one call that may be entered, and nothing else
}

// Serves reports whether a staff member works in the department.
func (a Actor) Serves(department string) bool { return slices.Contains(a.Departments, department) }

// Key is who the actor is when a command key is remembered: the two tabs of a
// patient are one.
func (a Actor) Key() string {
	if a.Login != "" {
		return string(a.Role) + ":" + a.Login
	}
	return string(a.Role)
}

// By is how the actor is written into an entry.
func (a Actor) By() By { return By{Role: a.Role, Login: a.Login, Name: a.Name} }
