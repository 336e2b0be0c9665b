package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"

	"bedside/cmd/bedside/config"
)

type demoCommand struct {
	Listen string `default:"127.0.0.1:0" placeholder:"HOST:PORT" help:"Where Bedside listens; port 0 takes a free one. The clinic's page and the stand-in take free ports beside it."`
	Data   string `placeholder:"DIR" help:"Where conversations are kept; a temporary folder where none is named, removed at the end."`
}

// Help is printed under the usage.
func (demoCommand) Help() string {
	return `A clinic that is always open, with two doctors, its website, and a stand-in
TrueConf Server. Open the clinic's page in one browser and the console in another.
All three also answer to www.clinic.localhost, bedside.localhost and
trueconf.localhost, which browsers take for three foreign sites.

Examples:
  bedside demo
  bedside demo --listen 127.0.0.1:8080 --data demo`
}

// Run serves until ctx ends.
func (c demoCommand) Run(ctx context.Context, s streams) error {
	folder, done, err := c.folder()
	if err != nil {
		return err
	}
	defer done()
	log, _ := logger(config.Log{Level: "warn"}, s.err)
	d, err := newDemo(c.Listen, folder, log)
	if err != nil {
		return err
	}
	if err := d.app.Start(); err != nil {
		return errors.Join(err, d.Close())
	}
	d.announce(s.out)
	return errors.Join(d.app.runUntil(ctx), d.Close())
}

// folder gives the folder to work in and what to do with it at the end.
func (c demoCommand) folder() (string, func(), error) {
	if c.Data != "" {
		return c.Data, func() {}, os.MkdirAll(c.Data, 0o700)
	}
	folder, err := os.MkdirTemp("", "bedside-demo-")
	return folder, func() { _ = os.RemoveAll(folder) }, err
}

func (d *demo) announce(w io.Writer) {
	fmt.Fprintf(w, "clinic page: %s\n", addressOf(d.clinic))
	fmt.Fprintf(w, "console: %s\n", addressOf(d.bedside))
	fmt.Fprintf(w, "stand-in: %s\n", addressOf(d.trueconf))
	for _, p := range d.doctors {
		fmt.Fprintf(w, "sign-in: %s %s\n", p.Login, p.Password)
	}
	for _, p := range d.doctors {
		if p.TrueConfID != "" {
			fmt.Fprintf(w, "TrueConf of %s: %s/doctor/%s\n", p.Login, addressOf(d.trueconf), p.TrueConfID)
		}
	}
	fmt.Fprintf(w, "\nPress the chat button on the clinic's page and answer. Sign in to the console in\nanother window, take the patient, and press Escalate to video. The page of a doctor's\nTrueConf stands for their app: it rings there. Ctrl-C ends it all.\n")
}

// listenThree opens the addresses of Bedside, the clinic and the stand-in: the
// last two on free ports of the first one's host.
func listenThree(address string) (out [3]net.Listener, err error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return out, wrongUse{fmt.Errorf("--listen %s: write it like 127.0.0.1:8080", address)}
	}
	for i, a := range []string{address, net.JoinHostPort(host, "0"), net.JoinHostPort(host, "0")} {
		if out[i], err = net.Listen("tcp", a); err != nil {
			err = cannotListen{key: "--listen", address: a, err: err}
			for _, l := range out[:i] {
				_ = l.Close()
			}
			return out, err
		}
	}
	return out, nil
}

// demoFlow puts the demo's flow where the library reads it.
func demoFlow(folder string, flow []byte) (string, error) {
	path := filepath.Join(folder, "flow.yaml")
	return path, os.WriteFile(path, flow, 0o600)
}
