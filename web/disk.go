package web

import (
	"errors"
	"log/slog"
	"sync"

	"bedside/bot"
)

// disk watches how much is free where the journal is written. Below the mark no
// conversation is begun, so that those under way can be ended: a full disk would
// end them all.
type disk struct {
	folder string // "" is not watched
	least  int64  // bytes
	log    *slog.Logger
	free   func(folder string) (int64, error)

	mu  sync.Mutex
	low bool // it was told
}

func newDisk(o Options) *disk {
	return &disk{folder: o.DataFolder, least: o.Limits.FreeDisk, log: o.Log, free: freeBytes}
}

// mayFill refuses what would begin to fill the disk. Where the system does not
// say what is free nothing is refused.
func (d *disk) mayFill() error {
	if d.folder == "" {
		return nil
	}
	free, err := d.free(d.folder)
	if errors.Is(err, errors.ErrUnsupported) {
		return nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	low := err == nil && free < d.least
	switch {
	case err != nil:
		d.log.Error("web: free space of the data disk", "error", err)
	case low && !d.low:
		d.log.Warn("web: the data disk is nearly full: no conversation is begun until there is room", "free", free, "least", d.least)
	case !low && d.low:
		d.log.Info("web: the data disk has room again", "free", free)
	}
	d.low = low
	if low {
		return &bot.Refusal{Code: bot.Unavailable, RetryAfter: 60,
			Message: "No new conversation can begin just now. Please call the clinic, or try again later."}
	}
	return nil
}

// gauge is what is free, for the metrics; -1 where nobody knows.
func (d *disk) gauge() float64 {
	if d.folder == "" {
		return -1
	}
	free, err := d.free(d.folder)
	if err != nil {
		return -1
	}
	return float64(free)
}
