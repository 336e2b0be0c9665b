package engine

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"sync"
	"time"

	"bedside/bot"
	"bedside/store"
)

// spaceAudit holds who read what without being a party to it, by time. It
// outlives the conversation and says nothing of its content.
const spaceAudit = "audit"

// auditKeyForm sorts as time does.
const auditKeyForm = "2006-01-02T15:04:05.000000000Z"

// auditAgain is after how long a reader who goes on reading is recorded anew.
const auditAgain = 10 * time.Minute

// auditRecord is a record of spaceAudit.
type auditRecord struct {
	At           time.Time `json:"at"`
	Role         bot.Role  `json:"role"`
	Login        string    `json:"login"`
	Did          string    `json:"did"`
	Conversation string    `json:"conversation"`
}

// audited remembers whose reading is recorded already.
type audited struct {
	mu  sync.Mutex
	all map[string]time.Time
}

const auditedBound = 4096

func newAudited() *audited { return &audited{all: map[string]time.Time{}} }

// audit records a read. Its error forbids the read.
func (e *Engine) audit(ctx context.Context, a bot.Actor, id string) error {
	now, who := e.now().UTC(), a.Key()+"/"+id
	if e.audited.lately(who, now) {
		return nil
	}
	value, err := json.Marshal(auditRecord{At: now, Role: a.Role, Login: a.Login, Did: "read", Conversation: id})
	if err != nil {
		return err
	}
	put := store.Put{Space: spaceAudit, Key: now.Format(auditKeyForm) + "/" + rand.Text(), Value: value, If: store.Absent}
	if err := e.store.Commit(ctx, store.Batch{Records: []store.Put{put}}); err != nil {
		return err
	}
	e.audited.note(who, now)
	return nil
}

func (s *audited) lately(who string, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	at, ok := s.all[who]
	return ok && now.Sub(at) < auditAgain
}

func (s *audited) note(who string, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.all) >= auditedBound {
		clear(s.all)
	}
	s.all[who] = now
}
