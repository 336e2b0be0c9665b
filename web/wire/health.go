package wire

import (
	"time"

	"bedside/flows"
)

// Video says whether calls can be made now.
type Video struct {
	Up    bool       `json:"up"`
	Since time.Time  `json:"since,omitzero"`
	Says  flows.Text `json:"says,omitempty"` // staff: why not, by language
	Cure  flows.Text `json:"cure,omitempty"` // admins and the lead: what to do about it
}

// VideoFrame says that there is video again, or none. It follows a welcome too:
// always for staff, for patients where there is none.
type VideoFrame struct {
	Type string `json:"type" ts:"'video'"`
	Video
}

// Health answers GET and POST /api/v1/health: what the checks of the installation
// found last. Doctors get the video alone, and no list of checks.
type Health struct {
	Video   Video         `json:"video"`
	At      time.Time     `json:"at,omitzero"`       // the end of the last run
	Running bool          `json:"running,omitempty"` // one is under way
	Checks  []HealthCheck `json:"checks,omitzero"`
}

// HealthCheck is what came of one check.
type HealthCheck struct {
	Check   string     `json:"check"`   // its id
	Verdict string     `json:"verdict"` // ok, warning, failed or skipped
	Title   flows.Text `json:"title"`   // by language
	Says    flows.Text `json:"says"`
	Cure    flows.Text `json:"cure,omitempty"`   // what to do
	Detail  string     `json:"detail,omitempty"` // what a program said of it
	At      time.Time  `json:"at"`
}
