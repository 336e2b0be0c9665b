package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"bedside/cmd/bedside/config"
	"bedside/store"
)

type adoptCommand struct {
	configFlag
	New bool `help:"The original goes on: take a new installation name, so that neither touches the other's rooms."`
}

// Help is printed under the usage.
func (adoptCommand) Help() string {
	return `A journal remembers on which machine and in which folder it lives. Opened
elsewhere it asks nothing of TrueConf, for the original may still run. Adopt it when
the original is gone for good; adopt it with --new where it is a copy for tests.
A running server must be started again afterwards.

Examples:
  sudo bedside adopt -c /etc/bedside/config.yaml
  bedside adopt --new -c copy/config.yaml`
}

// Run makes this machine and folder the journal's home.
func (c adoptCommand) Run(ctx context.Context, s streams) error {
	conf, err := c.load()
	if err != nil {
		return err
	}
	here := placeOf(conf)
	ask, err := json.Marshal(adoptRequest{Host: here.host, Folder: here.folder, New: c.New})
	if err != nil {
		return err
	}
	body, err := askRunning(ctx, conf.Data, "POST", controlAdopt, bytes.NewReader(ask))
	switch {
	case err == nil:
		fmt.Fprintln(s.out, "Adopted. Start the server again.")
		return body.Close()
	case !errors.Is(err, errNobody):
		return fmt.Errorf("adopt: %w", err)
	}
	err = withStore(conf, func(st store.Store) error {
		key, err := c.key(conf)
		if err != nil {
			return err
		}
		_, err = adopt(ctx, st, here, key, c.New)
		return err
	})
	if err != nil {
		return fmt.Errorf("adopt: %w", err)
	}
	fmt.Fprintln(s.out, "Adopted.")
	return nil
}

// key is the journal's; only where it takes another name may it be a new one.
func (c adoptCommand) key(conf config.Config) ([]byte, error) {
	if c.New {
		return conf.Key()
	}
	return existingKey(conf)
}
