package web

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// The cost of a password check, OWASP's second choice for argon2id: 19 MiB,
// two passes, one lane.
const (
	argonMemory  = 19 * 1024 // KiB
	argonPasses  = 2
	argonLanes   = 1
	argonSalt    = 16
	argonKey     = 32
	maxPassword  = 1024 // bytes
	argonMemMost = 256 * 1024
)

// phc is a password's hash in the PHC string format:
// $argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>, base64 without padding.
type phc struct {
	memory, passes uint32
	lanes          uint8
	salt, key      []byte
}

// HashPassword makes the line that the configuration keeps of a password.
func HashPassword(password string) (string, error) {
	if len(password) == 0 || len(password) > maxPassword {
		return "", fmt.Errorf("web: a password has 1 to %d bytes", maxPassword)
	}
	p := phc{memory: argonMemory, passes: argonPasses, lanes: argonLanes, salt: make([]byte, argonSalt)}
	if _, err := rand.Read(p.salt); err != nil {
		return "", err
	}
	p.key = p.derive(password, argonKey)
	return p.String(), nil
}

func (p phc) derive(password string, length int) []byte {
	return argon2.IDKey([]byte(password), p.salt, p.passes, p.memory, p.lanes, uint32(length))
}

func (p phc) matches(password string) bool {
	return subtle.ConstantTimeCompare(p.derive(password, len(p.key)), p.key) == 1
}

func (p phc) String() string {
	b64 := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s",
		argon2.Version, p.memory, p.passes, p.lanes, b64(p.salt), b64(p.key))
}

var errPHC = errors.New("not an argon2id hash; make one with `bedside staff hash`")

// parsePHC reads a hash, and refuses costs that would stop the server.
func parsePHC(s string) (phc, error) {
	parts := strings.Split(s, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return phc{}, errPHC
	}
	var p phc
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &p.memory, &p.passes, &p.lanes); err != nil {
		return phc{}, errPHC
	}
	var err error
	if p.salt, err = base64.RawStdEncoding.DecodeString(parts[4]); err != nil {
		return phc{}, errPHC
	}
	if p.key, err = base64.RawStdEncoding.DecodeString(parts[5]); err != nil {
		return phc{}, errPHC
	}
	switch {
	case p.passes < 1 || p.passes > 16 || p.lanes < 1 || p.memory < 8*uint32(p.lanes) || p.memory > argonMemMost,
		len(p.salt) < 8 || len(p.key) < 16 || len(p.key) > 64:
		return phc{}, errPHC
	}
	return p, nil
}

// checker checks passwords, two at a time: a check costs 19 MiB and a core.
type checker struct {
	turns chan struct{}
	dummy phc // checked in place of nobody's, so that unknown logins take as long
}

func newChecker() *checker {
	dummy := phc{memory: argonMemory, passes: argonPasses, lanes: argonLanes,
		salt: make([]byte, argonSalt), key: make([]byte, argonKey)}
	_, _ = rand.Read(dummy.key) // never fails, says crypto/rand
	return &checker{turns: make(chan struct{}, 2), dummy: dummy}
}

// check reports whether the password is the hash's. A hash of "" belongs to
// nobody: it costs the same and never matches. The error is the context's.
func (c *checker) check(ctx context.Context, hash, password string) (bool, error) {
	select {
	case c.turns <- struct{}{}:
	case <-ctx.Done():
		return false, ctx.Err()
	}
	defer func() { <-c.turns }()
	p, err := parsePHC(hash)
	if err != nil {
		return c.dummy.matches(password) && false, nil
	}
	return p.matches(password), nil
}
