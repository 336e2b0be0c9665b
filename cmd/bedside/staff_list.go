package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"bedside/store"
)

type staffListCommand struct{ configFlag }

// Help is printed under the usage.
func (staffListCommand) Help() string {
	return `One line a person of the configuration: login, role, departments, name, and disabled
where bedside staff disable has said so.

Example:
  sudo bedside staff list -c /etc/bedside/config.yaml`
}

// Run prints the staff.
func (c staffListCommand) Run(ctx context.Context, s streams) error {
	conf, err := c.load()
	if err != nil {
		return err
	}
	var all outs
	body, err := askRunning(ctx, conf.Data, "GET", controlStaff, nil)
	switch {
	case err == nil:
		err = errors.Join(json.NewDecoder(body).Decode(&all), body.Close())
	case errors.Is(err, errNobody):
		all, err = outsOf(ctx, conf.Data, func(do func(store.Store) error) error { return withStore(conf, do) })
	}
	if err != nil {
		return fmt.Errorf("staff: %w", err)
	}
	w := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
	for _, p := range conf.Staff {
		state := ""
		if all.disabled(p.Login) {
			state = "disabled"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", p.Login, p.Role, strings.Join(p.Departments, ","), p.Name, state)
	}
	return w.Flush()
}

// outsOf reads the records of a journal; before the first start there are none.
func outsOf(ctx context.Context, folder string, with func(func(store.Store) error) error) (all outs, err error) {
	if _, err := os.Stat(filepath.Join(folder, journalFile)); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	err = with(func(st store.Store) error {
		all, err = readOuts(ctx, st)
		return err
	})
	return all, err
}

// showStaff is the control socket's call.
func (a *app) showStaff(w http.ResponseWriter, r *http.Request) {
	all, err := readOuts(r.Context(), a.store)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	_ = json.NewEncoder(w).Encode(all) // whoever asked is gone, or has it
}
