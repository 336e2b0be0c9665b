package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"bedside/store"
)

// spaceStaff keeps what the configuration does not say of the staff: who is out. It
// lies in the journal, so it outlives a restart, a reload and a restore.
const spaceStaff = "staff" // <login in small letters>

// staffRecord is somebody who is out, or was. Sessions from before it are over for
// good.
type staffRecord struct {
	Disabled bool      `json:"disabled,omitempty"`
	At       time.Time `json:"at"`
}

// outs are the records by login in small letters.
type outs map[string]staffRecord

func (o outs) disabled(login string) bool { return o[strings.ToLower(login)].Disabled }

func readOuts(ctx context.Context, st store.Store) (outs, error) {
	out := outs{}
	for cursor := ""; ; {
		records, next, err := st.Records(ctx, spaceStaff, "", cursor, 1000)
		if err != nil {
			return nil, fmt.Errorf("read who is disabled: %w", err)
		}
		for _, r := range records {
			var s staffRecord
			if err := json.Unmarshal(r.Value, &s); err != nil {
				return nil, fmt.Errorf("read whether %s is disabled: %w", r.Key, err)
			}
			out[r.Key] = s
		}
		if next == "" {
			return out, nil
		}
		cursor = next
	}
}

// keepOut writes that somebody is out, or in again.
func keepOut(ctx context.Context, st store.Store, login string, disabled bool, at time.Time) error {
	value, err := json.Marshal(staffRecord{Disabled: disabled, At: at.UTC()})
	if err != nil {
		return err
	}
	put := store.Put{Space: spaceStaff, Key: strings.ToLower(login), Value: value}
	return st.Commit(ctx, store.Batch{Records: []store.Put{put}})
}
