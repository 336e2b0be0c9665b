package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"bedside/cmd/bedside/config"
	"bedside/store"
)

// controlStaff is the control socket's call.
const controlStaff = "/staff"

// staffOrder is its body.
type staffOrder struct {
	Login    string
	Disabled bool
}

type staffDisableCommand struct {
	configFlag
	Login string `arg:"" help:"Who."`
}

// Help is printed under the usage.
func (staffDisableCommand) Help() string {
	return `The person is out at once: signed out everywhere, offered nobody, unable to sign in.
What they have goes back to the queues, and each appointment with them is a task for
the lead on the board. It holds through restarts and reloads until bedside staff
enable; the configuration need not be changed.

Example:
  sudo bedside staff disable doctor1 -c /etc/bedside/config.yaml`
}

// Run disables.
func (c staffDisableCommand) Run(ctx context.Context, s streams) error {
	return orderStaff(ctx, s, c.configFlag, staffOrder{Login: c.Login, Disabled: true})
}

type staffEnableCommand struct {
	configFlag
	Login string `arg:"" help:"Who."`
}

// Help is printed under the usage.
func (staffEnableCommand) Help() string {
	return `The person may sign in again, with the password of the configuration. Sessions from
before they were disabled stay over.

Example:
  sudo bedside staff enable doctor1 -c /etc/bedside/config.yaml`
}

// Run enables.
func (c staffEnableCommand) Run(ctx context.Context, s streams) error {
	return orderStaff(ctx, s, c.configFlag, staffOrder{Login: c.Login})
}

// orderStaff has it done by the running server, or in the journal where none runs.
func orderStaff(ctx context.Context, s streams, at configFlag, order staffOrder) error {
	conf, err := at.load()
	if err != nil {
		return err
	}
	who, ok := memberOf(conf, order.Login)
	if !ok {
		return wrongUse{fmt.Errorf("nobody of %s signs in as %s; bedside staff list -c %s names all", at.Config, order.Login, at.Config)}
	}
	order.Login = who.Login
	ask, err := json.Marshal(order)
	if err != nil {
		return err
	}
	body, err := askRunning(ctx, conf.Data, "POST", controlStaff, bytes.NewReader(ask))
	switch {
	case errors.Is(err, errNobody):
		err = withStore(conf, func(st store.Store) error { return keepOut(ctx, st, order.Login, order.Disabled, time.Now()) })
	case err == nil:
		err = body.Close()
	}
	if err != nil {
		return fmt.Errorf("staff: %w", err)
	}
	if !order.Disabled {
		fmt.Fprintln(s.out, order.Login+" may sign in again.")
		return nil
	}
	fmt.Fprintln(s.out, order.Login+" is disabled and signed out.")
	for _, d := range aloneIn(conf, who) {
		fmt.Fprintln(s.err, "bedside: no other doctor of the configuration serves the department "+d+"; whoever waits there waits for nobody until one does")
	}
	return nil
}

func memberOf(c config.Config, login string) (config.Staff, bool) {
	i := slices.IndexFunc(c.Staff, func(p config.Staff) bool { return strings.EqualFold(p.Login, login) })
	if i < 0 {
		return config.Staff{}, false
	}
	return c.Staff[i], true
}

// aloneIn are the departments that a doctor serves alone.
func aloneIn(c config.Config, who config.Staff) []string {
	if who.Role != "doctor" {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(who.Departments), func(d string) bool {
		return slices.ContainsFunc(c.Staff, func(p config.Staff) bool {
			return p.Login != who.Login && p.Role == "doctor" && slices.Contains(p.Departments, d)
		})
	})
}

// answerStaff is the control socket's call.
func (a *app) answerStaff(w http.ResponseWriter, r *http.Request) {
	var order staffOrder
	if err := json.NewDecoder(io.LimitReader(r.Body, 1<<16)).Decode(&order); err != nil {
		http.Error(w, "not an order about staff", http.StatusBadRequest)
		return
	}
	if err := a.orderStaff(r.Context(), order); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// orderStaff keeps somebody out, or lets them in again, from the next request on.
// It is written first: whoever is out stays so whatever happens next.
func (a *app) orderStaff(ctx context.Context, order staffOrder) error {
	a.reloader.mu.Lock()
	defer a.reloader.mu.Unlock()
	if err := keepOut(ctx, a.store, order.Login, order.Disabled, time.Now()); err != nil {
		return err
	}
	all, err := readOuts(ctx, a.store)
	if err != nil {
		return err
	}
	a.today.out.Store(&all)
	a.log.Info("staff: changed", "login", order.Login, "disabled", order.Disabled)
	return a.put(a.today.Load())
}
