package web

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"time"

	"bedside/bot"
	"bedside/web/wire"
)

// statuses is the one table from a refusal's code to the HTTP status.
var statuses = map[bot.Code]int{
	bot.Malformed:    http.StatusBadRequest,
	bot.Unauthorized: http.StatusUnauthorized,
	bot.Forbidden:    http.StatusForbidden,
	bot.Unknown:      http.StatusNotFound,
	bot.Taken:        http.StatusConflict,
	bot.Overtaken:    http.StatusConflict,
	bot.NotNow:       http.StatusConflict,
	bot.ClosedCode:   http.StatusConflict,
	bot.NoCall:       http.StatusConflict,
	bot.CallOver:     http.StatusConflict,
	bot.CallNotReady: http.StatusConflict,
	bot.RoomFull:     http.StatusConflict,
	bot.NoGuestSeat:  http.StatusConflict,
	bot.Elsewhere:    http.StatusConflict,
	bot.Ghost:        http.StatusConflict,
	bot.NeverFits:    http.StatusConflict,
	bot.Gone:         http.StatusGone,
	bot.Invalid:      http.StatusUnprocessableEntity,
	bot.TooLarge:     http.StatusRequestEntityTooLarge,
	bot.FileType:     http.StatusUnsupportedMediaType,
	bot.FileBroken:   http.StatusUnprocessableEntity,
	bot.FilesFull:    http.StatusConflict,
	bot.TooMany:      http.StatusTooManyRequests,

	bot.TooEarly:          http.StatusConflict,
	bot.SlotTaken:         http.StatusConflict,
	bot.OpenConversations: http.StatusConflict,

	bot.IdentityExpired: http.StatusUnprocessableEntity,
	bot.IdentityRefused: http.StatusUnprocessableEntity,

	bot.Unavailable: http.StatusServiceUnavailable,
}

// refuse is a refusal of web's own.
func refuse(code bot.Code, message string) error { return &bot.Refusal{Code: code, Message: message} }

func slowDown(seconds int) *bot.Refusal {
	return &bot.Refusal{Code: bot.TooMany, Message: "Too many at once. Please slow down.", RetryAfter: max(seconds, 1)}
}

func slowDownFor(wait time.Duration) *bot.Refusal { return slowDown(int(wait/time.Second) + 1) }

// refusalOf is what is said of an error: a refusal as it is, anything else as
// unavailable, with the cause in the log alone.
func (s *Server) refusalOf(what string, err error) *bot.Refusal {
	var r *bot.Refusal
	if errors.As(err, &r) {
		return r
	}
	if !errors.Is(err, context.Canceled) {
		s.log.Error("web: "+what, "error", err)
	}
	return &bot.Refusal{Code: bot.Unavailable, Message: "Bedside cannot answer just now. Please try again.", RetryAfter: 2}
}

// fail answers a request with a problem.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	refusal := s.refusalOf(r.Pattern, err)
	status := statuses[refusal.Code]
	if status == 0 {
		status = http.StatusInternalServerError
	}
	s.problem(w, r, status, refusal)
}

func (s *Server) problem(w http.ResponseWriter, r *http.Request, status int, refusal *bot.Refusal) {
	p := wire.Problem{
		Type: "about:blank", Title: http.StatusText(status), Status: status,
		Code: refusal.Code, Detail: refusal.Message, RetryAfter: refusal.RetryAfter,
	}
	h := w.Header()
	if v := visitOf(r.Context()); v != nil {
		p.Request = v.id
		if status == http.StatusTooManyRequests && !v.known {
			h.Set("Connection", "close") // a flood of strangers keeps no connection
		}
		if v.staff {
			p.Cure = refusal.Detail
		}
	}
	h.Set("Content-Type", "application/problem+json")
	h.Set("Cache-Control", "no-store")
	if p.RetryAfter > 0 {
		h.Set("Retry-After", strconv.Itoa(p.RetryAfter))
	}
	if status == http.StatusUnauthorized {
		h.Set("WWW-Authenticate", `Bearer realm="bedside"`) // RFC 9110 §15.5.2
	}
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(p) // the client is gone, or has it
}

// answer writes a body as JSON.
func answer(w http.ResponseWriter, status int, body any) error {
	b, err := json.Marshal(body)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(append(b, '\n')) // the client is gone, or has it
	return nil
}
