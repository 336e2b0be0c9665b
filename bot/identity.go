package bot

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strings"
)

// TicketBytes is the least that a browser's ticket must carry: 256 bits.
const TicketBytes = 32

// TicketHash is how a ticket is kept: one way, so that the store opens nothing.
func TicketHash(ticket string) string { return digest("bedside ticket hash", ticket) }

// ConversationID derives the id of the conversation that a ticket starts, so
// that a start that is repeated on any node finds the same one. It tells nothing
// of the ticket or of its hash.
func ConversationID(ticket string) string { return "c_" + digest("bedside conversation", ticket)[:32] }

// ElsewhereHash is how the secret of a link to another device is kept.
func ElsewhereHash(secret string) string { return digest("bedside elsewhere hash", secret) }

// ElsewhereKey is the key of the command that the link is redeemed by: another one
// for each ticket, so that only the same browser is answered twice.
func ElsewhereKey(secret, ticket string) string {
	return "e_" + digest("bedside elsewhere key", secret+" "+ticket)[:32]
}

func digest(purpose, secret string) string {
	m := hmac.New(sha256.New, []byte(purpose))
	m.Write([]byte(secret))
	return hex.EncodeToString(m.Sum(nil))
}

// ValidTicket reports whether a ticket has the form that browsers make: at least
// 256 bits in unpadded base64url, hex or the like, and nothing that needs escapes.
func ValidTicket(ticket string) bool {
	const longest = 128
	if len(ticket) > longest || strings.Trim(ticket, ticketAlphabet) != "" {
		return false
	}
	return len(ticket) >= base64.RawURLEncoding.EncodedLen(TicketBytes)
}

const ticketAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
