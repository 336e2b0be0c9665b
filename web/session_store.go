package web

import (
	"context"
	"errors"
	"time"

	"bedside/store"
)

const sessionSpace = "session"

// sessionStore keeps scs's sessions as records. Keys are hashes of the tokens.
type sessionStore struct{ store store.Store }

func (s sessionStore) FindCtx(ctx context.Context, key string) ([]byte, bool, error) {
	r, err := s.store.Record(ctx, sessionSpace, key)
	if errors.Is(err, store.ErrNotFound) {
		return nil, false, nil
	}
	return r.Value, err == nil, err
}

func (s sessionStore) CommitCtx(ctx context.Context, key string, b []byte, expiry time.Time) error {
	return s.write(ctx, store.Put{Space: sessionSpace, Key: key, Value: b, Expires: expiry})
}

func (s sessionStore) DeleteCtx(ctx context.Context, key string) error {
	return s.write(ctx, store.Put{Space: sessionSpace, Key: key, Delete: true})
}

func (s sessionStore) write(ctx context.Context, p store.Put) error {
	return s.store.Commit(ctx, store.Batch{Records: []store.Put{p}})
}

// Find, Commit and Delete are asked of every scs store; with a context there
// are the ones above.
func (s sessionStore) Find(key string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), key)
}

// Commit is CommitCtx without a context.
func (s sessionStore) Commit(key string, b []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), key, b, expiry)
}

// Delete is DeleteCtx without a context.
func (s sessionStore) Delete(key string) error { return s.DeleteCtx(context.Background(), key) }
