package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/user"
	"sync"

	"bedside/bot/engine"
	"bedside/cmd/bedside/config"
	"bedside/cmd/bedside/publish"
	"bedside/store"
)

// The calls of the control socket about flows.
const (
	controlPublish  = "/flow/publish"
	controlRollback = "/flow/rollback"
	controlHistory  = "/flow/history"
)

// flowAsk is what a command asks of the publishing.
type flowAsk struct {
	By, Note string
	At       *string `json:",omitempty"` // publish: when; nil is at once
	Withdraw bool    `json:",omitempty"`
	To       string  `json:",omitempty"` // rollback: a number or a hash
}

// flowAnswer is what came of it. One of the first three is set, or there is only
// the history.
type flowAnswer struct {
	Version  *publish.Version `json:",omitempty"` // published
	Plan     *publish.Plan    `json:",omitempty"` // planned, or withdrawn
	Refusal  *flowRefusal     `json:",omitempty"`
	History  []publish.Version
	Served   int // the number of the version that is served
	Warnings []string
}

// flowRefusal says why nothing was changed. Found are problems of the files, which
// the command was asked to find; else it was asked wrongly.
type flowRefusal struct {
	Lines []string
	Found bool
	Same  bool
}

const historyShown = 50

// refusalOf is nil for an error that nobody could have asked better for.
func refusalOf(err error) *flowRefusal {
	var refused publish.Refused
	switch {
	case errors.As(err, &refused):
		return &flowRefusal{Lines: publish.Draft{Problems: refused.Problems, Faults: refused.Faults}.Lines(), Found: true}
	case errors.Is(err, publish.ErrSame):
		return &flowRefusal{Lines: []string{err.Error()}, Same: true}
	case errors.Is(err, publish.ErrNoVersion), errors.Is(err, publish.ErrPlanned), errors.Is(err, publish.ErrNoPlan),
		errors.Is(err, publish.ErrTime), errors.Is(err, publish.ErrNote):
		return &flowRefusal{Lines: []string{err.Error()}}
	}
	return nil
}

// do is what the command asks; an error is a fault of the store or of the server.
func (p *publishing) do(ctx context.Context, call string, ask flowAsk) (flowAnswer, error) {
	var out flowAnswer
	var err error
	r := publish.Request{By: ask.By, Note: ask.Note, How: publish.ByCommand}
	switch {
	case call == controlHistory:
		out.History, err = p.desk.History(ctx, historyShown)
		out.Plan = p.desk.Planned()
	case call == controlRollback:
		r.How = publish.RolledBack
		out.Version, err = pointed(p.rollback(ctx, ask.To, r))
	case ask.Withdraw:
		out.Plan, err = pointed(p.withdraw(ctx, ask.By))
	case ask.At != nil:
		out.Plan, err = pointed(p.schedule(ctx, *ask.At, r))
	default:
		out.Version, err = pointed(p.publish(ctx, r))
	}
	out.Served = p.desk.Last().Number
	for _, problem := range p.desk.Files().Problems {
		if problem.Warning && call == controlPublish && !ask.Withdraw {
			out.Warnings = append(out.Warnings, problem.String())
		}
	}
	if out.Refusal = refusalOf(err); out.Refusal != nil {
		return out, nil
	}
	return out, err
}

func pointed[T any](v T, err error) (*T, error) {
	if err != nil {
		return nil, err
	}
	return &v, nil
}

// answerOver adds the calls to the control socket.
func (p *publishing) answerOver(mux *http.ServeMux) {
	for _, call := range []string{controlPublish, controlRollback, controlHistory} {
		mux.HandleFunc("POST "+call, func(w http.ResponseWriter, r *http.Request) {
			var ask flowAsk
			if err := json.NewDecoder(io.LimitReader(r.Body, 1<<16)).Decode(&ask); err != nil {
				http.Error(w, "not a request about flows", http.StatusBadRequest)
				return
			}
			out, err := p.do(r.Context(), call, ask)
			if err != nil {
				p.log.Error("flow: "+call, "error", err)
				http.Error(w, err.Error(), http.StatusInternalServerError)
				return
			}
			_ = json.NewEncoder(w).Encode(out) // whoever asked is gone, or has it
		})
	}
}

// servedOver adds the call that says what is served, and where conversations stand.
func (p *publishing) servedOver(mux *http.ServeMux, e *engine.Engine) {
	mux.HandleFunc("POST "+controlServed, func(w http.ResponseWriter, r *http.Request) {
		out, err := servedBy(r.Context(), p.desk)
		if err == nil {
			out.Open, err = e.Standings(r.Context())
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		out.Running = true
		_ = json.NewEncoder(w).Encode(out) // whoever asked is gone, or has it
	})
}

// askFlows asks the running server, or does it in the store where none runs.
func askFlows(ctx context.Context, f configFlag, call string, ask flowAsk) (flowAnswer, error) {
	r, err := f.read()
	if err != nil {
		return flowAnswer{}, err
	}
	text, err := json.Marshal(ask)
	if err != nil {
		return flowAnswer{}, err
	}
	var out flowAnswer
	body, err := askRunning(ctx, r.Data, "POST", call, bytes.NewReader(text))
	if err == nil {
		return out, errors.Join(json.NewDecoder(body).Decode(&out), body.Close())
	}
	if !errors.Is(err, errNobody) {
		return out, err
	}
	err = withStore(r.Config, func(st store.Store) error {
		p := newPublishing(st, served{
			turn: &sync.Mutex{}, reading: func() config.Reading { return r }, log: slog.New(slog.DiscardHandler),
			now: func() *setting { return nil }, put: func(*setting) error { return nil },
		})
		if err := p.desk.Refresh(ctx); err != nil {
			return err
		}
		var err error
		out, err = p.do(ctx, call, ask)
		return err
	})
	return out, err
}

// whoAsks is the user of this machine who types the command; behind sudo the one
// who has typed it.
func whoAsks() string {
	if name := os.Getenv("SUDO_USER"); name != "" {
		return name
	}
	u, err := user.Current()
	if err != nil {
		return fmt.Sprintf("user %d", os.Getuid())
	}
	return u.Username
}
