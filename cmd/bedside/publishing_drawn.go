package main

import (
	"context"
	"slices"

	"bedside/bot/engine"
	"bedside/flows"
	"bedside/flows/draw"
)

// draw is the flow that the first site serves, with where its conversations stand
// and where patients have left it.
func (p *publishing) draw(ctx context.Context, e *engine.Engine, language string, dark bool) ([]byte, error) {
	program := p.now().library.Live("")
	open, err := e.Standings(ctx)
	if err != nil {
		return nil, err
	}
	left, err := e.Stops(ctx)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(program.Languages(), language) {
		language = ""
	}
	return draw.SVG(program.Outline(), draw.Options{Language: language, Dark: dark, Traffic: traffic(program.Hash(), open, left)})
}

// traffic is what stands and stopped at the places of one version.
func traffic(version string, open, left []engine.Standing) map[flows.Place]draw.Traffic {
	out := map[flows.Place]draw.Traffic{}
	for _, s := range open {
		if t := out[s.At]; s.Version == version {
			t.Here += s.Open
			out[s.At] = t
		}
	}
	for _, s := range left {
		if t := out[s.At]; s.Version == version {
			t.Stopped += s.Open
			out[s.At] = t
		}
	}
	return out
}
