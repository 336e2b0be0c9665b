package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"bedside/flows"
	"bedside/store"
)

// spaceFlow holds the sources of every flow that a conversation began with.
const spaceFlow = "flow"

// pins are the compiled flows of older versions, and which versions the store is
// known to hold. Ten thousand conversations share one program.
type pins struct {
	mu       sync.Mutex
	programs map[string]*flows.Program // nil: cannot be read any more
	stored   map[string]bool
}

const pinsBound = 64 // versions; beyond it all are compiled anew when they are met

func newPins() *pins { return &pins{programs: map[string]*flows.Program{}, stored: map[string]bool{}} }

// live is today's program of a site, and of the first where the site is no more.
func (e *Engine) live(site string) *flows.Program {
	if p := e.o.Flows.Live(site); p != nil {
		return p
	}
	return e.o.Flows.Live("")
}

// program is the version that a conversation began with. It is nil, and the log
// says so once, where that version can be read no more, as when a later checker
// refuses it: the conversation goes on without its flow, for today's departments,
// hours and numbers hold anyway. A store that does not answer is an error.
func (e *Engine) program(ctx context.Context, live *flows.Program, version string) (*flows.Program, error) {
	if live != nil && (version == "" || live.Hash() == version) {
		return live, nil
	}
	if p, known := e.pins.get(version); known {
		return p, nil
	}
	r, err := e.store.Record(ctx, spaceFlow, version)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return nil, fmt.Errorf("engine: the flow %s that a conversation began with: %w", version, err)
	}
	var p *flows.Program
	if err == nil {
		p, err = compilePinned(r.Value, version)
	}
	if err != nil {
		e.log.Error("engine: conversations that began with a flow go on without it", "flow", version, "error", err)
	}
	e.pins.put(version, p)
	return p, nil
}

func compilePinned(sources []byte, version string) (*flows.Program, error) {
	var files []flows.File
	if err := json.Unmarshal(sources, &files); err != nil {
		return nil, fmt.Errorf("engine: record %s/%s is damaged: %w", spaceFlow, version, err)
	}
	p, problems := flows.Compile(files)
	if p == nil {
		first := errors.New("no reason given")
		if len(problems) > 0 {
			first = errors.New(problems[0].String())
		}
		return nil, fmt.Errorf("engine: the flow %s does not compile any more: %w", version, first)
	}
	if p.Hash() != version {
		return nil, fmt.Errorf("engine: record %s/%s holds the flow %s", spaceFlow, version, p.Hash())
	}
	return p, nil
}

// pinFlow is the record that keeps a version, none where it is known to be kept.
func (e *Engine) pinFlow(p *flows.Program) ([]store.Put, error) {
	if e.pins.isStored(p.Hash()) {
		return nil, nil
	}
	sources, err := json.Marshal(p.Sources())
	if err != nil {
		return nil, err
	}
	return []store.Put{{Space: spaceFlow, Key: p.Hash(), Value: sources}}, nil
}

func (p *pins) get(version string) (program *flows.Program, known bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	program, known = p.programs[version]
	return program, known
}

func (p *pins) put(version string, program *flows.Program) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.programs) >= pinsBound {
		clear(p.programs)
	}
	p.programs[version] = program
}

func (p *pins) isStored(version string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.stored[version]
}

func (p *pins) markStored(version string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stored[version] = true
}
