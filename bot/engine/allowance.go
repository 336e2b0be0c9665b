package engine

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"time"

	"bedside/bot"
	"bedside/bot/notify"
	"bedside/store"
)

// spaceAllowance counts the messages that cost the clinic money, by day. Addresses
// stand in it as hashes under the server key.
const spaceAllowance = "allowance"

const (
	allowanceKept  = 48 * time.Hour // longer than any day of any zone
	allowanceTries = 20             // of counting, while others count the same
)

// measure is one count that a message must fit into.
type measure struct {
	key  string
	of   string // the conversation with which it is erased
	most int
}

// allow takes a message out of what may go today, or says that it is withheld: a
// stranger who leaves addresses of other people must not spend the clinic's money, nor
// write to those people all day. It is counted before it goes; one whose process dies
// in between is counted and not sent.
func (e *Engine) allow(ctx context.Context, s bot.State, n bot.Notice, address string) error {
	if n.Channel == bot.ByPush {
		return nil // costs nothing, and goes to the browser that asked for it
	}
	e.allowing.Lock() // those of this process wait for each other rather than collide
	defer e.allowing.Unlock()
	var err error
	for range allowanceTries {
		var puts []store.Put
		if puts, err = e.count(ctx, e.measures(s, n, address)); err != nil || len(puts) == 0 {
			return err
		}
		if err = e.store.Commit(ctx, store.Batch{Records: puts}); !errors.Is(err, store.ErrConflict) {
			return err
		}
	}
	return err
}

// measures are the counts of a message. The lead's are apart: nobody who writes much
// keeps the lead from being woken for somebody else.
func (e *Engine) measures(s bot.State, n bot.Notice, address string) []measure {
	most := e.o.Notify.Most()
	day := e.now().UTC()
	if clinic := e.live(s.Site).Clinic(); clinic.Zone != nil {
		day = day.In(clinic.Zone)
	}
	key := func(what, whose string) string {
		return fmt.Sprintf("%s/%s/%s/%s", day.Format(time.DateOnly), n.Channel, what, whose)
	}
	if n.To == bot.ToLead {
		return []measure{{key("lead", e.blurred(address)), "", most.Lead}}
	}
	site := most.Site
	if n.Why == bot.ForBooked {
		site = (site + 1) / 2 // whoever books and cancels all day leaves half of it for what the clinic has to say
	}
	return []measure{
		{key("address", e.blurred(address)), "", most.Address},
		{key("conversation", s.ID), s.ID, most.Address},
		{key("site", s.Site), "", site},
	}
}

// count is each measure with one message more, or an *notify.Error where one is full.
func (e *Engine) count(ctx context.Context, all []measure) ([]store.Put, error) {
	var puts []store.Put
	for _, m := range all {
		if m.most == 0 {
			continue
		}
		r, err := e.store.Record(ctx, spaceAllowance, m.key)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return nil, err
		}
		n, _ := strconv.Atoi(string(r.Value)) // none yet
		if n >= m.most {
			return nil, &notify.Error{Kind: notify.Withheld, What: fmt.Sprintf("%d went today, which is all that notify.limits allows", n)}
		}
		puts = append(puts, store.Put{
			Space: spaceAllowance, Key: m.key, Of: m.of, Value: []byte(strconv.Itoa(n + 1)),
			If: store.Rev(r.Rev), Expires: e.now().Add(allowanceKept).UTC(),
		})
	}
	return puts, nil
}

// blurred is an address as it may be kept: nobody without the server key finds out
// whose it was.
func (e *Engine) blurred(address string) string {
	m := hmac.New(sha256.New, e.o.Key)
	fmt.Fprintf(m, "allowance\x00%s", address)
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil)[:16])
}
