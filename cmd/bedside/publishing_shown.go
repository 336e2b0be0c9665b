package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/cmd/bedside/publish"
	"bedside/web"
	"bedside/web/wire"
)

// shown is what web tells of the versions, and how admins change them there.
func (p *publishing) shown(e *engine.Engine) web.Flows {
	return web.Flows{
		State: func(ctx context.Context) (wire.Flows, error) { return p.state(ctx, e) },
		Publish: func(ctx context.Context, by, note string) error {
			_, err := p.publish(ctx, publish.Request{By: by, Note: note, How: publish.ByConsole})
			return refusalInConsole(err)
		},
		RollBack: func(ctx context.Context, by string, to int, note string) error {
			_, err := p.rollback(ctx, strconv.Itoa(to), publish.Request{By: by, Note: note, How: publish.RolledBack})
			return refusalInConsole(err)
		},
		Draw: func(ctx context.Context, language string, dark bool) ([]byte, error) {
			return p.draw(ctx, e, language, dark)
		},
	}
}

// refusalInConsole is what an admin reads of a publication that was refused.
func refusalInConsole(err error) error {
	var refused publish.Refused
	switch {
	case errors.As(err, &refused):
		first := publish.Draft{Problems: refused.Problems, Faults: refused.Faults}.Lines()[0]
		return &bot.Refusal{Code: bot.NotNow, Message: "This version has errors and is not served.", Detail: first}
	case errors.Is(err, publish.ErrSame):
		return &bot.Refusal{Code: bot.Overtaken, Message: "Nothing has changed: this is what is served."}
	case errors.Is(err, publish.ErrNoVersion):
		return &bot.Refusal{Code: bot.Unknown, Message: "There is no such version."}
	case errors.Is(err, publish.ErrNote):
		return &bot.Refusal{Code: bot.Invalid, Message: "The note is one line of up to 300 characters."}
	}
	return err
}

func (p *publishing) state(ctx context.Context, e *engine.Engine) (wire.Flows, error) {
	history, err := p.desk.History(ctx, historyShown)
	if err != nil {
		return wire.Flows{}, err
	}
	standings, err := p.tally.count(ctx, e)
	if err != nil {
		return wire.Flows{}, err
	}
	out := wire.Flows{
		Served: versionInConsole(p.desk.Last()), History: make([]wire.FlowVersion, len(history)),
		Publish: p.reading().Flows.Publish, Files: p.filesInConsole(), Open: openIn(history, standings),
	}
	for i, v := range history {
		out.History[i] = versionInConsole(v)
	}
	if plan := p.desk.Planned(); plan != nil {
		out.Planned = &wire.FlowPlan{At: plan.At, By: plan.By, Note: plan.Note}
	}
	return out, nil
}

// describe says what is served, for the checks of a running server: files that are
// broken harm nobody until somebody publishes them.
func (p *publishing) describe() (string, error) {
	v := p.desk.Last()
	said := fmt.Sprintf("version %d (%s)", v.Number, publish.Short(v.Hash))
	if p.desk.Files().Broken() {
		said += "; the files have errors and are not served"
	}
	return said, nil
}

// tally keeps the count of open conversations for twenty times as long as it took,
// for a page that is looked at must not read a large journal all the time.
type tally struct {
	mu   sync.Mutex
	last []engine.Standing
	at   time.Time
	took time.Duration
}

func (t *tally) count(ctx context.Context, e *engine.Engine) ([]engine.Standing, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	began := time.Now()
	if began.Sub(t.at) < 20*t.took {
		return t.last, nil
	}
	all, err := e.Standings(ctx)
	if err == nil {
		t.last, t.at, t.took = all, time.Now(), time.Since(began)
	}
	return all, err
}

func versionInConsole(v publish.Version) wire.FlowVersion {
	return wire.FlowVersion{Number: v.Number, Hash: v.Hash, At: v.At, By: v.By, How: string(v.How), Note: v.Note, Of: v.Of}
}

// filesInConsole is the state of the files with paths as short as a person needs
// them: an admin in a browser is told no folders of the machine.
func (p *publishing) filesInConsole() wire.FlowFiles {
	found := p.desk.Files()
	out := wire.FlowFiles{State: "clean", At: found.At, Problems: []wire.FlowProblem{}}
	switch {
	case found.Broken():
		out.State = "broken"
	case found.Changed:
		out.State = "changed"
	}
	for _, f := range found.Problems {
		out.Problems = append(out.Problems, wire.FlowProblem{
			File: p.short(f.File), Line: f.Line, Column: f.Column, Warning: f.Warning, Code: f.Code, What: f.What, Cure: f.Cure,
		})
	}
	for _, text := range found.Faults {
		out.Problems = append(out.Problems, wire.FlowProblem{What: p.short(text)})
	}
	return out
}

// short leaves the folders out in which the flows stand.
func (p *publishing) short(text string) string {
	for _, path := range p.paths() {
		text = strings.ReplaceAll(text, filepath.Dir(path)+string(filepath.Separator), "")
	}
	return text
}

// openIn counts the open conversations by version. Of versions with the same flow
// the newest is named.
func openIn(history []publish.Version, standings []engine.Standing) []wire.FlowOpen {
	counts := map[string]int{}
	for _, s := range standings {
		counts[s.Version] += s.Open
	}
	out := []wire.FlowOpen{}
	for _, v := range history {
		for _, f := range v.Flows {
			if n := counts[f.Hash]; n > 0 {
				out = append(out, wire.FlowOpen{Number: v.Number, Hash: f.Hash, Open: n})
				delete(counts, f.Hash)
			}
		}
	}
	for hash, n := range counts {
		out = append(out, wire.FlowOpen{Hash: hash, Open: n})
	}
	return out
}
