package check

import (
	"context"
	"slices"
	"sync"
	"time"
)

// Run is one look at a clinic: what its checks share.
type Run struct {
	Clinic
	room *room

	mu    sync.Mutex
	lines map[string]Line
	ended map[string]chan struct{}
}

// Run does the checks, many at once, and gives their lines in the checks' order;
// tell, where it is not nil, hears each as soon as those before it are there. When
// ctx ends, the rest is skipped. It returns when all is quiet and everything that
// it made is removed.
func (c Clinic) Run(ctx context.Context, checks []Check, tell func(Line)) []Line {
	r := &Run{Clinic: c.withDefaults(), lines: map[string]Line{}, ended: map[string]chan struct{}{}}
	r.room = newRoom(r.Clinic)
	for _, l := range c.Before {
		r.lines[l.Check] = l
	}
	for _, k := range checks {
		r.ended[k.ID] = make(chan struct{})
		delete(r.lines, k.ID)
	}
	for _, k := range checks {
		go r.do(ctx, k)
	}
	out := make([]Line, 0, len(checks))
	for _, k := range checks {
		<-r.ended[k.ID]
		line := r.lineOf(k.ID)
		if out = append(out, line); tell != nil {
			tell(line)
		}
	}
	r.room.leave(ctx) // where no check was there to do it
	return out
}

func (r *Run) do(ctx context.Context, k Check) {
	line := k.line(r.look(ctx, k), r.Now())
	r.mu.Lock()
	r.lines[k.ID] = line
	r.mu.Unlock()
	close(r.ended[k.ID])
}

func (r *Run) lineOf(id string) Line {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.lines[id]
}

// look waits for what a check stands on, and lets it find.
func (r *Run) look(ctx context.Context, k Check) Found {
	for _, id := range slices.Concat(k.Needs, k.After) {
		if ended, ok := r.ended[id]; ok {
			<-ended
		}
	}
	for _, id := range k.Needs {
		if line, ok := r.looked(id); ok && (line.Verdict == Failed || line.Verdict == Skipped) {
			return Found{Code: "because", because: r.root(line).Title}
		}
	}
	switch {
	case ctx.Err() != nil:
		return Found{Code: "stopped"}
	case k.Slow && r.Quick:
		return Found{Code: "quick"}
	}
	bounded, cancel := context.WithTimeout(ctx, k.Within)
	defer cancel()
	found := k.find(bounded, r)
	switch {
	case ctx.Err() != nil && (found.Code == "" || k.line(found, r.Now()).Verdict != OK):
		return Found{Code: "stopped"} // whatever failed, failed for that
	case found.Code != "":
		return found
	}
	return Found{Code: "late", With: Values{"within": k.Within.Round(time.Second).String()}}
}

func (r *Run) looked(id string) (Line, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	line, ok := r.lines[id]
	return line, ok
}

// root is the line that one was skipped for in the end, or itself.
func (r *Run) root(line Line) Line {
	for _, k := range All() {
		if k.ID != line.Check || line.Code != "because" {
			continue
		}
		for _, id := range k.Needs {
			if below, ok := r.looked(id); ok && (below.Verdict == Failed || below.Verdict == Skipped) {
				return r.root(below)
			}
		}
	}
	return line
}
