package standin

import "strings"

// knownScopes are the scopes of API reference §2.2, bare names where the
// reference allows both directions.
var knownScopes = []string{
	"conferences", "conferences.invitations", "conferences.participants", "conferences.records",
	"conferences.messages:read", "conferences.sessions:read", "conferences.sessions.participants:read",
	"groups", "groups.users", "users", "users.avatar", "users.addressbook", "templates.conferences",
	"logs.calls:read", "logs.calls.participants:read", "logs.calls.invites:read", "version:read",
}

// covers reports whether one of the scopes held allows what is wanted. A bare name
// means everything under it; "name:read" means reading that name alone.
func covers(held []string, wanted string) bool {
	for _, h := range held {
		if h == wanted {
			return true
		}
		if strings.Contains(h, ":") {
			continue
		}
		if rest, found := strings.CutPrefix(wanted, h); found && (rest[0] == '.' || rest[0] == ':') {
			return true
		}
	}
	return false
}
