package publish

import (
	"context"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Quiet is how long files must be left alone before they are read as one.
const Quiet = 2 * time.Second

const (
	poll  = 10 * time.Second       // where the system reports nothing, as on disks of the network
	flood = 200 * time.Millisecond // a copy reports every file; it is enough to look now and then
)

// Watch calls changed whenever the files have become others and have been left
// alone for quiet, until ctx ends. Paths are asked for at every look, for a
// configuration may change them; there names the content that it finds, an error's
// words for what cannot be read. The first content is reported as well.
//
// Folders are watched, not files: editors save by renaming another file into the
// place. A folder that vanishes is watched again when it is back; whatever the
// system does not report is found by looking every ten seconds.
func Watch(ctx context.Context, quiet time.Duration, paths func() []string, there func() string, changed func()) {
	w := &eyes{watched: map[string]bool{}}
	if system, err := fsnotify.NewWatcher(); err == nil {
		w.system = system
		defer system.Close()
	}
	s := settling{quiet: quiet}
	for ctx.Err() == nil {
		w.follow(paths())
		ripe, again := s.look(time.Now(), there())
		if ripe {
			changed()
		}
		if again == 0 || again > poll {
			again = poll
		}
		w.sleep(ctx, again)
	}
}

// eyes are what the system reports; without a system they only wait.
type eyes struct {
	system  *fsnotify.Watcher
	watched map[string]bool
}

// follow watches the folders in which the paths and what is below them stand.
// Adding one that is watched already renews it, and what cannot be watched now is
// tried again at the next look.
func (w *eyes) follow(paths []string) {
	if w.system == nil {
		return
	}
	wanted := map[string]bool{}
	for _, path := range paths {
		wanted[filepath.Dir(path)] = true
		wanted[path] = true // of a folder; a file's own watch does no harm
	}
	for folder := range w.watched {
		if !wanted[folder] {
			_ = w.system.Remove(folder) // it may be gone
			delete(w.watched, folder)
		}
	}
	for folder := range wanted {
		if w.system.Add(folder) == nil {
			w.watched[folder] = true
		}
	}
}

// sleep ends when something is reported, a moment later for what comes with it, or
// after the time.
func (w *eyes) sleep(ctx context.Context, most time.Duration) {
	timer := time.NewTimer(most)
	defer timer.Stop()
	var events <-chan fsnotify.Event
	var errs <-chan error
	if w.system != nil {
		events, errs = w.system.Events, w.system.Errors
	}
	select {
	case <-ctx.Done():
		return
	case <-timer.C:
		return
	case <-events:
	case <-errs: // as when more was reported than could be kept: look
	}
	gathered := time.NewTimer(flood)
	defer gathered.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-gathered.C:
			return
		case <-events:
		case <-errs:
		}
	}
}
