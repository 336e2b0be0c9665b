package storetest

import (
	"bytes"
	"context"

	"bedside/store"
)

// PutBlob is store.Store's.
func (m *Model) PutBlob(ctx context.Context, of, id string, data []byte) error {
	if err := store.CheckBlob(of, id, len(data)); err != nil {
		return err
	}
	if err := m.lock(ctx); err != nil {
		return err
	}
	defer m.mu.Unlock()
	if m.data.Erased[of] {
		return store.ErrErased
	}
	key := modelKey{of, id}
	_, held := m.data.Blobs[key]
	_, loose := m.loose[key]
	if !held && !loose {
		m.loose[key] = bytes.Clone(data)
	}
	return nil
}

// Blob is store.Store's.
func (m *Model) Blob(ctx context.Context, of, id string) ([]byte, error) {
	if err := store.CheckBlob(of, id, 0); err != nil {
		return nil, err
	}
	if err := m.lock(ctx); err != nil {
		return nil, err
	}
	defer m.mu.Unlock()
	if m.data.Erased[of] {
		return nil, store.ErrErased
	}
	data, held := m.data.Blobs[modelKey{of, id}]
	if !held {
		return nil, store.ErrNotFound
	}
	return append([]byte{}, data...), nil
}

func (m *Model) refuseBlobs(b store.Batch) error {
	for _, id := range b.Blobs {
		key := modelKey{b.Head.ID, id}
		_, held := m.data.Blobs[key]
		if _, loose := m.loose[key]; !held && !loose {
			return store.BlobConflict(id)
		}
	}
	return nil
}

func (m *Model) holdBlobs(b store.Batch) {
	for _, id := range b.Blobs {
		key := modelKey{b.Head.ID, id}
		if data, loose := m.loose[key]; loose {
			m.data.Blobs[key] = data
			delete(m.loose, key)
		}
	}
}

func (m *Model) eraseBlobs(of string) {
	for _, blobs := range []map[modelKey][]byte{m.data.Blobs, m.loose} {
		for key := range blobs {
			if key.Space == of {
				delete(blobs, key)
			}
		}
	}
}
