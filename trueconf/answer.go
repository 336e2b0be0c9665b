package trueconf

import (
	"bytes"
	"encoding/json"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

// Reasons the server gives that decide (API reference §10).
const (
	reasonNoRoute   = "routeNotFound"
	reasonBadToken  = "accessTokenInvalid"
	reasonDuplicate = "uniqueValueAlreadyInUse"
	reasonNoUser    = "userNotFound"
)

// answer is one HTTP answer, read to its end.
type answer struct {
	status int
	header http.Header
	body   []byte
}

func (a answer) ok() bool { return a.status >= 200 && a.status < 300 }

// judge is nil for a good answer: 2xx, empty or JSON, without an error inside.
// Texts are still as the server wrote them; place masks them.
func (a answer) judge() *Error {
	if len(a.body) > maxBody {
		return &Error{Kind: Unexpected, Status: a.status, Message: "the answer is longer than 1 MiB"}
	}
	fault, isJSON := readFault(a.body, !a.ok())
	switch {
	case a.status >= 300 && a.status < 400:
		return a.redirect()
	case a.ok() && len(bytes.TrimSpace(a.body)) == 0:
		return nil
	case !isJSON:
		return a.notJSON()
	case fault == nil:
		return nil
	}
	return a.failed(fault)
}

// failed turns the server's error into ours. An error inside a 200 counts as
// the status that it names.
func (a answer) failed(fault *faultText) *Error {
	status := a.status
	if a.ok() && fault.code >= 400 && fault.code < 600 {
		status = fault.code
	}
	e := &Error{Status: status, Reason: fault.reason, Message: fault.message, Location: fault.location, TraceID: fault.traceID, answered: true}
	e.Kind, e.retoken = classify(status, fault)
	if e.Reason == reasonNoRoute {
		e.answered = false
		e.Cure = "check APIVersion; this server does not know the call under it"
	}
	if e.Kind == Unexpected && status >= 500 {
		e.Cure = "try again; if it stays, look into the server's log"
	}
	return e
}

// classify says what an error of the API means and whether a fresh token may
// help (API reference §10).
func classify(status int, fault *faultText) (kind Kind, retoken bool) {
	switch {
	case fault.reason == reasonNoRoute:
		return Unexpected, false
	case status == 401 || fault.reason == reasonBadToken:
		return Credentials, true
	case status == 403:
		return Scope, false
	case fault.reason == reasonDuplicate:
		return Duplicate, false
	case status == 404 || fault.reason == "conferenceNotFound" || fault.reason == reasonNoUser:
		return NotFound, false
	case status >= 500 || status == 429:
		return Unexpected, false
	}
	return Refused, false
}

func (a answer) redirect() *Error {
	e := &Error{Kind: Unexpected, Status: a.status, Message: "the server redirects the call"}
	if to, err := url.Parse(a.header.Get("Location")); err == nil {
		if o, ok := originOf(to); ok {
			e.Message += " to " + o.String()
		}
	}
	e.Cure = "set URL to the address at which the server itself answers"
	return e
}

var (
	titleForm = regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title>`)
	tagForm   = regexp.MustCompile(`<[^>]*>`)
)

// notJSON quotes of a foreign page no more than its title.
func (a answer) notJSON() *Error {
	e := &Error{Kind: Unexpected, Status: a.status, Message: "the answer is not JSON"}
	if a.status == http.StatusUnauthorized {
		e.Kind, e.retoken = Credentials, true
	}
	kind, _, _ := strings.Cut(a.header.Get("Content-Type"), ";")
	if m := titleForm.FindSubmatch(a.body); m != nil {
		e.Message += ": " + html.UnescapeString(string(tagForm.ReplaceAll(m[1], nil)))
	} else if kind != "" {
		e.Message += ": " + kind
	}
	return e
}

// faultText is what can be read of an error in any of the shapes that the
// server and its token endpoint use (API reference §2.4, §10).
type faultText struct {
	code                               int
	reason, message, location, traceID string
}

// readFault finds the error in a JSON body. It is never nil for a failed
// status, and nil for a good one unless the body holds an error all the same.
// Besides it tells whether the body is JSON at all.
func readFault(body []byte, failed bool) (fault *faultText, isJSON bool) {
	if !json.Valid(body) {
		return nil, false
	}
	var top struct {
		Error       json.RawMessage `json:"error"`
		Description flexText        `json:"error_description"`
		Reason      flexText        `json:"reason"`
		Message     flexText        `json:"message"`
	}
	// An array or a scalar leaves top empty: it has no error shape.
	_ = json.Unmarshal(body, &top)
	fault = readErrorKey(top.Error)
	if fault == nil && (failed || top.Reason != "") {
		fault = &faultText{}
	}
	if fault == nil {
		return nil, true
	}
	fault.reason = firstText(fault.reason, string(top.Reason))
	fault.message = firstText(fault.message, string(top.Description), string(top.Message))
	return fault, true
}

// readErrorKey reads a string or an object; PHP's empty values are no error.
func readErrorKey(raw json.RawMessage) *faultText {
	var code string
	if json.Unmarshal(raw, &code) == nil {
		if code == "" {
			return nil
		}
		return &faultText{reason: code}
	}
	var object struct {
		Code    flexInt                `json:"code"`
		Reason  flexText               `json:"reason"`
		Message flexText               `json:"message"`
		TraceID flexText               `json:"trace_id"`
		Errors  flexList[faultElement] `json:"errors"`
	}
	if len(raw) == 0 || raw[0] != '{' || isEmptyObject(raw) || json.Unmarshal(raw, &object) != nil {
		if string(raw) == "true" {
			return &faultText{}
		}
		return nil
	}
	f := &faultText{code: int(object.Code), reason: string(object.Reason), message: string(object.Message), traceID: string(object.TraceID)}
	if len(object.Errors) > 0 {
		first := object.Errors[0]
		f.reason = firstText(string(first.Reason), f.reason)
		f.message = firstText(string(first.Message), f.message)
		f.location = string(first.Location)
	}
	return f
}

type faultElement struct {
	Reason   flexText `json:"reason"`
	Message  flexText `json:"message"`
	Location flexText `json:"location"`
}

func isEmptyObject(raw json.RawMessage) bool {
	return len(bytes.Trim(raw, "{} \t\r\n")) == 0
}

func firstText(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
