package standin

import (
	"fmt"
	"net/http"
)

// answer is what a handler wants said: a status and a body to be written as JSON.
// A nil body with status 204 is no body at all.
type answer struct {
	status int
	body   any
}

// document is a body that is no JSON.
type document struct {
	contentType, text string
}

func ok(body any) answer { return answer{http.StatusOK, body} }

// apiErrors is the error object of API v3 and v4 (API reference §10).
type apiErrors struct {
	Error apiError `json:"error"`
}

type apiError struct {
	Code    int           `json:"code"`
	Message string        `json:"message"`
	Errors  []errorDetail `json:"errors,omitempty"`
	TraceID string        `json:"trace_id,omitempty"` // v4 only
}

type errorDetail struct {
	Reason       string `json:"reason"`
	Message      string `json:"message,omitempty"`
	LocationType string `json:"locationType,omitempty"`
	Location     string `json:"location,omitempty"`
}

func refuse(status int, d errorDetail) answer {
	return answer{status, apiErrors{apiError{Code: status, Message: http.StatusText(status), Errors: []errorDetail{d}}}}
}

// unknown is a 404 about a thing named in the path: conference, user, record.
func unknown(thing, title, id string) answer {
	return refuse(http.StatusNotFound, errorDetail{
		Reason:  thing + "NotFound",
		Message: fmt.Sprintf("%s '%s' is not found.", title, id), LocationType: "path", Location: thing + "_id",
	})
}

func unknownConference(id string) answer { return unknown("conference", "Conference", id) }
func unknownUser(id string) answer       { return unknown("user", "User", id) }

// badParameter is a 400 that names the parameter; its reasons, save the known
// uniqueValueAlreadyInUse, are a guess.
func badParameter(reason, parameter, why string) answer {
	return refuse(http.StatusBadRequest, errorDetail{Reason: reason, Message: why, LocationType: "parameter", Location: parameter})
}

func routeNotFound(v4 bool) answer {
	a := apiErrors{apiError{Code: 404, Message: "Not Found", Errors: []errorDetail{{Reason: "routeNotFound"}}}}
	if v4 {
		a.Error.TraceID = randomHex(16)
	}
	return answer{http.StatusNotFound, a}
}

// unfitting is the answer of an operation that does not fit the room's state, as
// the switch has it; fits reports that the operation shall be carried out anyway.
func unfitting(t Twice, reason, why string) (a answer, fits bool) {
	switch t {
	case Twice400:
		return refuse(http.StatusBadRequest, errorDetail{Reason: reason, Message: why}), false
	case Twice409:
		return refuse(http.StatusConflict, errorDetail{Reason: reason, Message: why}), false
	default:
		return answer{}, true
	}
}

// oauthError is the error object of the token endpoint (API reference §2.4).
type oauthError struct {
	Error       string `json:"error"`
	Description string `json:"error_description"`
}

func refuseOAuth(status int, code, why string) answer { return answer{status, oauthError{code, why}} }
