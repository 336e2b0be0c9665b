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
	folder string       // "" is not watched
	least  func() int64 // bytes
	log    *slog.Logger
	free   func(folder string) (int64, error)

	mu  sync.Mutex
	low bool // it was told
}

func newDisk(o Options) *disk {
	return &disk{folder: o.DataFolder, log: o.Log, free: freeBytes}
}

// FreeBytes is what is free on the disk of a folder; errors.ErrUnsupported where the
// system does not say.
func FreeBytes(folder string) (int64, error) { return freeBytes(folder) }

// mayFill refuses to begin what would fill the disk. Where the system does not say
// what is free nothing is refused.
func (d *disk) mayFill() error {
	if !d.full() {
		return nil
	}
	return &bot.Refusal{Code: bot.Unavailable, RetryAfter: 60,
		Message: "No new conversation can begin just now. Please call the clinic, or try again later."}
}

// mayKeep refuses a file likewise; words go on.
func (d *disk) mayKeep() error {
	if !d.full() {
		return nil
	}
	return &bot.Refusal{Code: bot.Unavailable, RetryAfter: 60,
		Message: "Files cannot be taken just now; what you write arrives. Please try again later."}
}

// full reports whether less than the mark is free, and tells of the change.
func (d *disk) full() bool {
	if d.folder == "" {
		return false
	}
	free, err := d.free(d.folder)
	if errors.Is(err, errors.ErrUnsupported) {
		return false
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	low := err == nil && free < d.least()
	switch {
	case err != nil:
		d.log.Error("web: free space of the data disk", "error", err)
	case low && !d.low:
		d.log.Warn("web: the data disk is nearly full: no conversation is begun, and no file taken, until there is room", "free", free, "least", d.least())
	case !low && d.low:
		d.log.Info("web: the data disk has room again", "free", free)
	}
	d.low = low
	return low
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
