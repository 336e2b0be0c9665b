package notifytest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"math/big"
)

// verifyES256 checks a JSON Web Signature of the kind that push services want
// (RFC 7518 §3.4).
func verifyES256(point []byte, text, signature string) error {
	raw, err := base64.RawURLEncoding.DecodeString(signature)
	if err != nil || len(raw) != 64 {
		return errors.New("a signature is 64 bytes")
	}
	key, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), point)
	if err != nil {
		return err
	}
	sum := sha256.Sum256([]byte(text))
	r, s := new(big.Int).SetBytes(raw[:32]), new(big.Int).SetBytes(raw[32:])
	if !ecdsa.Verify(key, sum[:], r, s) {
		return errors.New("the token is not signed by its key")
	}
	return nil
}
