package rooms

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"strconv"
	"strings"

	"bedside/bot"
)

const (
	roomBits  = 130 // what is left of the HMAC: more than anybody can guess (API reference §6.1)
	guestBits = 100
)

// roomID is the room's id at TrueConf: the same on every node and after a crash.
func (r *Rooms) roomID(room bot.Room) string {
	return r.prefix() + r.mac(roomBits, "room", room.Call, strconv.Itoa(room.Attempt))
}

// prefix begins the ids of this installation.
func (r *Rooms) prefix() string { return "bs_" + r.config.Installation + "_" }

// tag marks rooms of this installation beside their ids.
func (r *Rooms) tag() string { return "bedside_" + r.config.Installation }

// guestID is a stable pseudonym of one of the two people of a conversation, so
// that somebody who comes again replaces himself and namesakes never collide.
func (r *Rooms) guestID(conversation string, who bot.Role) string {
	return string(who[:1]) + "_" + r.mac(guestBits, "guest", conversation, string(who))
}

// mac is a keyed digest in the alphabet that ids allow, five bits a letter.
func (r *Rooms) mac(bits int, parts ...string) string {
	m := hmac.New(sha256.New, r.config.Key)
	for _, p := range parts {
		m.Write([]byte(strconv.Itoa(len(p)) + ":" + p))
	}
	return strings.ToLower(base32.StdEncoding.EncodeToString(m.Sum(nil)))[:bits/5]
}
