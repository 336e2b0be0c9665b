package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/store"
)

// settleApart ends the calls that a copied journal has open: their rooms are the
// original's, and under the copy's new name nobody would find them. It may be
// cut off at any point and goes on at the next start.
func settleApart(ctx context.Context, st store.Store, e *engine.Engine) error {
	h, rev, err := readHouse(ctx, st)
	if err != nil || !h.Apart {
		return err
	}
	for cursor := ""; ; {
		heads, next, err := st.List(ctx, bot.ListCalls, cursor, 100)
		if err != nil {
			return err
		}
		for _, head := range heads {
			if err := hangUp(ctx, e, head, h.Installation); err != nil {
				return fmt.Errorf("conversation %s: its call cannot be ended: %w", head.ID, err)
			}
		}
		if cursor = next; next == "" {
			break
		}
	}
	h.Apart = false
	_, err = moveHouse(ctx, st, h, place{host: h.Host, folder: h.Folder}, store.Rev(rev))
	return err
}

// hangUp ends a conversation's call in the name of the doctor who has it. A
// refusal means that there is nothing to end.
func hangUp(ctx context.Context, e *engine.Engine, head store.Head, installation string) error {
	var s bot.Summary
	if err := json.Unmarshal(head.Body, &s); err != nil {
		return err
	}
	_, err := e.Do(ctx, bot.Command{
		Conversation: head.ID, Key: "adopt:" + installation, Do: bot.DoHangUp,
		Actor: bot.Actor{Role: bot.Doctor, Login: s.Doctor, Name: s.DoctorName},
	})
	var refused *bot.Refusal
	if errors.As(err, &refused) && refused.Code != bot.Unavailable {
		return nil
	}
	return err
}
