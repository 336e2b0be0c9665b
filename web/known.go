package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"bedside/store"
)

// The networks from which a login has signed in are remembered, so that strangers
// who try its password hold nobody up there. A record is a hash and no more, made
// only by a right password, and is forgotten when it was not renewed for a quarter.
const (
	knownSpace  = "signed-in"
	knownFor    = 90 * 24 * time.Hour
	renewedFrom = knownFor - 24*time.Hour // more than this left: made today
)

func knownKey(a attempt) string {
	sum := sha256.Sum256([]byte("bedside signed in\x00" + a.login + "\x00" + a.network))
	return hex.EncodeToString(sum[:16])
}

// recognise says whether the login has signed in from there before. A store that
// does not answer recognises nobody.
func (s *Server) recognise(ctx context.Context, a attempt) bool {
	r, err := s.o.Store.Record(ctx, knownSpace, knownKey(a))
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		s.log.Error("web: signed in from", "error", err)
	}
	return err == nil && r.Expires.After(s.now())
}

// remember is for a right password. Without it a sign-in counts all the same.
func (s *Server) remember(ctx context.Context, a attempt) {
	r, err := s.o.Store.Record(ctx, knownSpace, knownKey(a))
	if err == nil && r.Expires.Sub(s.now()) > renewedFrom {
		return
	}
	put := store.Put{Space: knownSpace, Key: knownKey(a), Value: []byte{1}, Expires: s.now().Add(knownFor)}
	if err := s.o.Store.Commit(ctx, store.Batch{Records: []store.Put{put}}); err != nil {
		s.log.Error("web: remember a sign-in", "error", err)
	}
}
