package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"bedside/flows"
	"bedside/flows/draw"
)

type flowGraphCommand struct {
	Path     string `arg:"" help:"A file that is a whole flow, or a folder whose *.yaml files are one."`
	Format   string `default:"svg" enum:"svg,mermaid,dot" help:"How it is drawn: svg, mermaid or dot."`
	Language string `short:"l" help:"In which of the flow's languages; without it, in the first."`
	Dark     bool   `help:"For a dark page (svg)."`
	Out      string `short:"o" placeholder:"FILE" help:"Where the picture goes; without it, to standard output."`
}

// Help is printed under the usage.
func (flowGraphCommand) Help() string {
	return `Each part is a box, each of its steps a row in it, each way that leads elsewhere an
arrow. A flow with problems is drawn too, with the problems in red.

Examples:
  bedside flow graph flows -o flow.svg
  bedside flow graph flows --format mermaid`
}

// Run draws one flow.
func (c flowGraphCommand) Run(s streams) error {
	files, err := readFlow(c.Path)
	if err != nil {
		return err
	}
	_, problems := flows.Compile(files)
	outline := flows.OutlineOf(files)
	if len(outline.Parts) == 0 {
		for _, p := range problems {
			fmt.Fprintln(s.err, p)
		}
		return errors.New(c.Path + ": no part can be read, so there is nothing to draw")
	}
	if c.Language != "" && !slices.Contains(outline.Languages, c.Language) {
		return wrongUse{fmt.Errorf("--language %s: the flow is in %s", c.Language, strings.Join(outline.Languages, ", "))}
	}
	picture, err := c.draw(outline, draw.Options{Language: c.Language, Dark: c.Dark, Problems: problems})
	if err != nil {
		return err
	}
	return writeTo(s, c.Out, picture)
}

func (c flowGraphCommand) draw(o flows.Outline, opts draw.Options) ([]byte, error) {
	switch c.Format {
	case "mermaid":
		return []byte(draw.Mermaid(o, opts)), nil
	case "dot":
		return []byte(draw.DOT(o, opts)), nil
	}
	return draw.SVG(o, opts)
}
