package engine

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"

	"bedside/bot"
	"bedside/bot/notify"
	"bedside/store"
)

// spacePush holds the browsers of staff that want to be woken, as login/hash of the
// endpoint.
const spacePush = "push"

// manyPushes is more browsers than a person has.
const manyPushes = 10

// browser is how one is kept. Session names the sign-in that left it: it goes with it.
type browser struct {
	bot.Subscription
	Session string `json:"session,omitempty"`
}

// AddPush keeps a browser of a staff member, for as long as the sign-in lasts that
// session names. Who was at that browser before is woken there no more: it is whose
// hands it is in now. Its endpoint is a capability: whoever has it can write to the
// browser, so it is in no log.
func (e *Engine) AddPush(ctx context.Context, login, session string, p bot.Subscription) error {
	if !p.Sound() {
		return &bot.Refusal{Code: bot.Malformed, Message: "push wants endpoint, p256dh and auth as the browser gave them"}
	}
	own := pushRecord(login, p.Endpoint)
	batch := store.Batch{Records: []store.Put{{Space: spacePush, Key: own, Value: encoded(browser{p, session})}}}
	var had []string
	err := e.eachBrowser(ctx, "", func(key string, _ browser) {
		of, hash, _ := strings.Cut(key, "/")
		switch {
		case key == own:
		case of == login:
			had = append(had, key)
		case own == login+"/"+hash:
			batch.Records = append(batch.Records, store.Put{Space: spacePush, Key: key, Delete: true})
		}
	})
	if err != nil {
		return e.unavailable("look up browsers", err)
	}
	if len(had) >= manyPushes {
		batch.Records = append(batch.Records, store.Put{Space: spacePush, Key: had[0], Delete: true})
	}
	if err := e.store.Commit(ctx, batch); err != nil {
		return e.unavailable("keep a browser", err)
	}
	return nil
}

// DropPushes forgets the browsers that a sign-in has left: who has signed out is
// woken no more, and the next at that browser is somebody else.
func (e *Engine) DropPushes(ctx context.Context, login, session string) error {
	var batch store.Batch
	err := e.eachBrowser(ctx, login+"/", func(key string, b browser) {
		if b.Session == session {
			batch.Records = append(batch.Records, store.Put{Space: spacePush, Key: key, Delete: true})
		}
	})
	if err == nil && len(batch.Records) > 0 {
		err = e.store.Commit(ctx, batch)
	}
	if err != nil {
		return e.unavailable("forget browsers", err)
	}
	return nil
}

// eachBrowser visits the browsers whose records begin so; one that cannot be read is
// no browser, and has a key all the same.
func (e *Engine) eachBrowser(ctx context.Context, prefix string, visit func(key string, b browser)) error {
	for cursor := ""; ; {
		all, next, err := e.store.Records(ctx, spacePush, prefix, cursor, listPage)
		if err != nil {
			return err
		}
		for _, r := range all {
			var b browser
			_ = json.Unmarshal(r.Value, &b)
			visit(r.Key, b)
		}
		if next == "" {
			return nil
		}
		cursor = next
	}
}

// DropPush forgets it; one that nobody knows is forgotten already.
func (e *Engine) DropPush(ctx context.Context, login, endpoint string) error {
	put := store.Put{Space: spacePush, Key: pushRecord(login, endpoint), Delete: true}
	if err := e.store.Commit(ctx, store.Batch{Records: []store.Put{put}}); err != nil && !errors.Is(err, store.ErrConflict) {
		return e.unavailable("forget a browser", err)
	}
	return nil
}

func pushRecord(login, endpoint string) string {
	sum := sha256.Sum256([]byte(endpoint))
	return login + "/" + base64.RawURLEncoding.EncodeToString(sum[:16])
}

// pushes reports whether a browser of the staff member can be woken. Where nobody
// can say, none is: the console rings all the same.
func (e *Engine) pushes(ctx context.Context, login string) bool {
	if e.o.Notify == nil || e.o.Notify.Push == nil {
		return false
	}
	had, _, err := e.store.Records(ctx, spacePush, login+"/", "", 1)
	if err != nil {
		e.log.Warn("engine: look up browsers", "login", login, "error", err)
	}
	return len(had) > 0
}

// postToStaff wakes every browser of a staff member; one is enough. Those that want
// nothing more are forgotten.
func (e *Engine) postToStaff(ctx context.Context, login string, m notify.Message) error {
	had, _, err := e.store.Records(ctx, spacePush, login+"/", "", manyPushes+1)
	if err != nil {
		return err
	}
	var worst error = &notify.Error{Kind: notify.Gone, What: "no browser of theirs wants messages any more"}
	reached := false
	ctx, cancel := context.WithTimeout(ctx, notify.SendTime) // all of them: nobody answers for a longer attempt
	defer cancel()
	for _, r := range had {
		var p bot.Subscription
		if json.Unmarshal(r.Value, &p) != nil {
			continue
		}
		m.Push = &p
		switch err := e.o.Notify.Send(ctx, bot.ByPush, m); {
		case err == nil:
			reached = true
		case notify.KindOf(err) == notify.Gone:
			if err := e.DropPush(ctx, login, p.Endpoint); err != nil {
				worst = err
			}
		default:
			worst = err
		}
	}
	if reached {
		return nil
	}
	return worst
}

// PushKey is the key with which browsers subscribe; "" where none can.
func (e *Engine) PushKey() string {
	if e.o.Notify == nil || e.o.Notify.Push == nil {
		return ""
	}
	return e.o.Notify.Push.PublicKey()
}
