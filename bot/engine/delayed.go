package engine

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"

	"bedside/bot"
)

// tellDelayed tells the patient of the appointment that a call goes on over, as its
// doctor has just decided. The key is that of the decision, so that a press which is
// repeated tells nobody twice. Who cannot be told so hears at the start that they
// wait; the lead knows already.
func (e *Engine) tellDelayed(ctx context.Context, call string, done Result) {
	for _, entry := range done.Entries {
		var b bot.Extended
		if entry.Kind != bot.CallExtended || json.Unmarshal(entry.Body, &b) != nil || b.Late == "" {
			continue
		}
		key := sha256.Sum256(fmt.Appendf(nil, "%s/%d", call, entry.Seq)) // names no other conversation
		_, err := e.do(context.WithoutCancel(ctx), job{command: bot.Command{
			Conversation: b.Late, Key: fmt.Sprintf("delayed/%x", key[:16]), Do: bot.DoDelayed,
			Actor: bot.Actor{Role: bot.System}, Args: bot.Args{Time: b.Until},
		}})
		if err != nil {
			e.log.Warn("engine: a patient is not told that their visit begins later", "conversation", b.Late, "error", err)
		}
	}
}
