package config

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

const keyBytes = 32

// Key returns the server key of 256 bits: the configured one, else that of the
// file key in the data folder, which is made on the first start, readable by
// its owner alone. Join links and room ids are derived from it, so a backup is
// of use only together with it.
func (c Config) Key() ([]byte, error) {
	if !c.ServerKey.IsZero() {
		return decodeKey(c.ServerKey.Reveal())
	}
	path := filepath.Join(c.Data, "key")
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return makeKey(path)
	}
	if err != nil {
		return nil, err
	}
	if err := private(path); err != nil {
		return nil, err
	}
	key, err := decodeKey(string(text))
	if err != nil {
		return nil, fmt.Errorf("%s: %w; put the key of this data folder's backup there", path, err)
	}
	return key, nil
}

// makeKey writes the whole file under another name first: a crash in between
// leaves no half key, and of two processes one wins and both read its key.
func makeKey(path string) ([]byte, error) {
	key := make([]byte, keyBytes)
	if _, err := rand.Read(key); err != nil {
		return nil, err
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), ".key-*") // 0600
	if err != nil {
		return nil, err
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.WriteString(hex.EncodeToString(key) + "\n")
	if err := errors.Join(err, tmp.Sync(), tmp.Close()); err != nil {
		return nil, err
	}
	if err := os.Link(tmp.Name(), path); errors.Is(err, fs.ErrExist) {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		return decodeKey(string(text))
	} else if err != nil {
		return nil, err
	}
	return key, nil
}

func private(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 { // which keeps rights elsewhere
		return fmt.Errorf("%s can be read by others; run chmod 600 on it", path)
	}
	return nil
}

func decodeKey(text string) ([]byte, error) {
	key, err := hex.DecodeString(strings.TrimSpace(text))
	if err != nil || len(key) != keyBytes {
		return nil, errors.New("is not a key of 64 hexadecimal digits")
	}
	return key, nil
}
