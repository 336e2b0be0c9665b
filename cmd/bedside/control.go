package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"bedside/store"
)

// control answers the commands that need the data while the server holds it,
// over a socket in the data folder that its owner alone may open.
type control struct {
	server *http.Server
	done   chan struct{}
}

// socketFile is the control socket in the data folder.
const socketFile = "bedside.sock"

// The calls of the socket.
const (
	controlBackup = "/backup"
	controlAdopt  = "/adopt"
	controlReload = "/reload"
	controlWho    = "/who"
	controlReady  = "/readyz"
)

// startControl listens in the data folder. Where it cannot (a path may be too
// long for a socket), the server works all the same, and the commands ask for it
// to be stopped. further adds calls to it.
func startControl(d data, folder string, log *slog.Logger, further func(*http.ServeMux)) *control {
	c := &control{done: make(chan struct{})}
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+controlBackup, func(w http.ResponseWriter, r *http.Request) {
		out := &begun{Writer: w}
		if err := d.store.Backup(r.Context(), out); err != nil {
			log.Error("backup", "error", err)
			if !out.yes {
				http.Error(w, err.Error(), http.StatusInternalServerError)
				return
			}
			panic(http.ErrAbortHandler) // so that nobody takes half a copy for a whole one
		}
	})
	mux.HandleFunc("POST "+controlAdopt, func(w http.ResponseWriter, r *http.Request) { adoptHere(w, r, d.store, d.key) })
	further(mux)
	c.server = &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	l, err := listenPrivately(filepath.Join(folder, socketFile))
	if err != nil {
		log.Warn("no control socket: backup, adopt and reload need the server to be stopped", "error", err)
		close(c.done)
		return c
	}
	go func() {
		defer close(c.done)
		_ = c.server.Serve(l) // ends with Close
	}()
	return c
}

// begun knows whether anything has been written.
type begun struct {
	io.Writer
	yes bool
}

func (b *begun) Write(p []byte) (int, error) {
	b.yes = true
	return b.Writer.Write(p)
}

// Close ends the socket and whatever is asked over it.
func (c *control) Close() error {
	err := c.server.Close()
	<-c.done
	return err
}

// listenPrivately takes the place of a socket that a killed server has left;
// that it was killed is certain, for we hold its store.
func listenPrivately(path string) (net.Listener, error) {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	l, err := net.Listen("unix", path)
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// adoptRequest is the body of controlAdopt.
type adoptRequest struct {
	Host, Folder string
	New          bool
}

func adoptHere(w http.ResponseWriter, r *http.Request, st store.Store, key []byte) {
	var q adoptRequest
	if err := json.NewDecoder(io.LimitReader(r.Body, 1<<16)).Decode(&q); err != nil {
		http.Error(w, "not a request to adopt", http.StatusBadRequest)
		return
	}
	if _, err := adopt(r.Context(), st, place{host: q.Host, folder: q.Folder}, key, q.New); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// errNobody says that no server answers in the data folder.
var errNobody = errors.New("no server is running there")

// askRunning sends a request to the server that runs on the data folder and
// gives its answer's body, or errNobody.
func askRunning(ctx context.Context, folder, method, call string, body io.Reader) (io.ReadCloser, error) {
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{Timeout: 2 * time.Second}).DialContext(ctx, "unix", filepath.Join(folder, socketFile))
	}
	req, err := http.NewRequestWithContext(ctx, method, "http://bedside"+call, body)
	if err != nil {
		return nil, err
	}
	client := &http.Client{Transport: &http.Transport{DialContext: dial, DisableKeepAlives: true}}
	resp, err := client.Do(req)
	var notThere *net.OpError
	if errors.As(err, &notThere) && notThere.Op == "dial" && !errors.Is(err, fs.ErrPermission) {
		return nil, errNobody
	}
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(io.LimitReader(resp.Body, 4096))
		return nil, errors.Join(fmt.Errorf("the running server answered %s: %s", resp.Status, text), resp.Body.Close())
	}
	return resp.Body, nil
}
