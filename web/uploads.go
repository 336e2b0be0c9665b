package web

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"

	"bedside/bot"
	"bedside/store"
)

// uploads bound what strangers can make files cost: how many come and go at once,
// how many and how much in a time, and how many are in memory to be opened.
type uploads struct {
	open  atOnce
	going atOnce
	often *buckets       // files of one ticket or session
	bytes addressBuckets // of patients
	shown *buckets       // files and small pictures that one ticket or session reads
	turns chan struct{}  // to hold one in memory, and to open it
}

const (
	filesPerSecond = 1.0 / 5
	filesBurst     = 40
	fileBytesRate  = 1 << 20 // bytes a second of one address …
	fileBytesBurst = 256 << 20
	shownPerSecond = 10
	shownBurst     = 200

	opensAtOnce = 2 // a picture takes up to 300 MiB to open
)

func newUploads(now func() time.Time) *uploads {
	return &uploads{
		open:  atOnce{newTally(), 64, 16, 3},
		going: atOnce{newTally(), 64, 16, 4}, // each is in memory until its reader has it
		often: newBuckets(filesPerSecond, filesBurst, now), bytes: newAddressBuckets(fileBytesRate, fileBytesBurst, now),
		shown: newBuckets(shownPerSecond, shownBurst, now), turns: make(chan struct{}, opensAtOnce),
	}
}

// mayUpload holds a file that is about to be read to the rates, and to what is
// free on the disk.
func (s *Server) mayUpload(r *http.Request, p party) error {
	if err := s.disk.mayKeep(); err != nil {
		return err
	}
	if err := spend(s.uploads.often, p.key); err != nil {
		return err
	}
	if p.actor.Role != bot.Patient {
		return nil
	}
	size := r.ContentLength
	if size < 0 || size > store.MaxBlob {
		size = store.MaxBlob
	}
	if wait, ok := s.uploads.bytes.take(visitOf(r.Context()).address, int(size)); !ok {
		return slowDownFor(wait)
	}
	return nil
}

// turn is leave to hold a file in memory. Nothing else reads one that has arrived.
type turn struct{ turns chan struct{} }

// turn waits for one.
func (u *uploads) turn(ctx context.Context) (turn, error) {
	select {
	case u.turns <- struct{}{}:
		return turn{u.turns}, nil
	case <-ctx.Done():
		return turn{}, ctx.Err()
	}
}

func (t turn) end() { <-t.turns }

// read takes a whole file into memory.
func (t turn) read(f *arrived) ([]byte, error) {
	b := make([]byte, f.size)
	if _, err := io.ReadFull(io.NewSectionReader(f.file.File, 0, f.size), b); err != nil {
		return nil, fmt.Errorf("web: reading a file that has come: %w", err)
	}
	return b, nil
}
