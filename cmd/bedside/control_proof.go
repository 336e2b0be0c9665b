package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"net/http"

	"bedside/cmd/bedside/check"
	"bedside/web"
)

// The calls of the control socket with which a check learns how its requests to
// the public address arrive.
const (
	controlProve  = "/prove"
	controlSights = "/sights/"
)

// standing is what a running server says of itself to whoever owns its data.
type standing struct {
	Proof        string `json:"proof"`
	Installation string `json:"installation"` // "" where it leaves TrueConf alone
}

func proveOver(mux *http.ServeMux, w *web.Server, installation string) {
	mux.HandleFunc("POST "+controlProve, func(out http.ResponseWriter, _ *http.Request) {
		_ = json.NewEncoder(out).Encode(standing{Proof: w.Prove(), Installation: installation})
	})
	mux.HandleFunc("GET "+controlSights+"{proof}", func(out http.ResponseWriter, r *http.Request) {
		_ = json.NewEncoder(out).Encode(w.Sights(r.PathValue("proof")))
	})
}

// neighbour is the server that runs on a data folder, asked over its socket.
type neighbour struct{ folder string }

var _ check.Server = neighbour{}

// Prove asks for a proof.
func (n neighbour) Prove(ctx context.Context) (string, error) {
	var s standing
	err := n.ask(ctx, http.MethodPost, controlProve, &s)
	return s.Proof, err
}

// Sights asks how the requests with a proof arrived.
func (n neighbour) Sights(ctx context.Context, proof string) ([]web.Sight, error) {
	var seen []web.Sight
	err := n.ask(ctx, http.MethodGet, controlSights+proof, &seen)
	return seen, err
}

// installation is the name under which the running server makes rooms.
func (n neighbour) installation(ctx context.Context) (string, error) {
	var s standing
	err := n.ask(ctx, http.MethodPost, controlProve, &s)
	return s.Installation, err
}

func (n neighbour) ask(ctx context.Context, method, call string, out any) error {
	body, err := askRunning(ctx, n.folder, method, call, nil)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return check.ErrDenied
	case errors.Is(err, errNobody):
		return check.ErrNobody
	case err != nil:
		return err
	}
	return errors.Join(json.NewDecoder(io.LimitReader(body, 1<<20)).Decode(out), body.Close())
}

// here is the server of this very process.
type here struct{ web *web.Server }

var _ check.Server = here{}

func (h here) Prove(context.Context) (string, error) { return h.web.Prove(), nil }

func (h here) Sights(_ context.Context, proof string) ([]web.Sight, error) {
	return h.web.Sights(proof), nil
}
