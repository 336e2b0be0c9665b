package engine

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"bedside/bot"
	"bedside/flows"
	"bedside/store"
)

// spaceConsent holds what signed people have agreed to: person/consent/conversation.
// Every conversation that rests on a consent keeps a record of its own, which is
// erased with it, so a consent is known as long as one of them is.
const spaceConsent = "consent"

// consentRecord is a record of spaceConsent.
type consentRecord struct {
	Consent string    `json:"consent"`
	Version string    `json:"version"`
	At      time.Time `json:"at"` // when it was given
}

// consentsMost bounds how many records of a person are looked at.
const consentsMost = 1000

// consents are what a signed person has agreed to, the last of each.
func (e *Engine) consents(ctx context.Context, person string) (map[string]flows.Agreed, error) {
	if person == "" {
		return nil, nil
	}
	out := map[string]flows.Agreed{}
	records, _, err := e.store.Records(ctx, spaceConsent, person+"/", "", consentsMost)
	if err != nil {
		return nil, fmt.Errorf("engine: what a person has agreed to: %w", err)
	}
	for _, r := range records {
		var c consentRecord
		if err := json.Unmarshal(r.Value, &c); err != nil {
			return nil, fmt.Errorf("engine: record %s/%s is damaged: %w", spaceConsent, r.Key, err)
		}
		if c.At.After(out[c.Consent].At) {
			out[c.Consent] = flows.Agreed{Version: c.Version, At: c.At}
		}
	}
	return out, nil
}

// consentsGiven are the records of the consents among new entries.
func consentsGiven(s bot.State, entries []bot.Entry) []store.Put {
	var puts []store.Put
	for _, entry := range entries {
		if entry.Kind != bot.ConsentGiven || s.Person == "" {
			continue
		}
		var b bot.Consented
		if err := json.Unmarshal(entry.Body, &b); err != nil || !b.Agreed {
			continue
		}
		at := entry.At
		if b.Known {
			at = b.Given
		}
		puts = append(puts, store.Put{
			Space: spaceConsent, Key: s.Person + "/" + b.Consent + "/" + s.ID, Of: s.ID,
			Value: encoded(consentRecord{Consent: b.Consent, Version: b.Version, At: at}),
		})
	}
	return puts
}
