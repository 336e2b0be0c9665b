package draw

import (
	"fmt"
	"strings"

	"bedside/flows"
)

// DOT writes the flow in the language of Graphviz.
func DOT(o flows.Outline, opts Options) string {
	s := newScene(o, opts)
	var b strings.Builder
	b.WriteString("digraph flow {\n  rankdir=LR\n  node [shape=box fontname=\"sans-serif\" fontsize=11]\n  edge [fontname=\"sans-serif\" fontsize=10]\n")
	for _, c := range s.cards {
		lines := []string{c.id}
		for _, r := range c.rows {
			lines = append(lines, r.words())
		}
		fmt.Fprintf(&b, "  %s [label=%s%s]\n", dotText(c.id), dotText(strings.Join(lines, "\n")+"\n"), dotStyle(c))
	}
	for _, d := range o.Doors {
		fmt.Fprintf(&b, "  %s [shape=ellipse label=%s]\n  %s -> %s\n", dotText("door "+d.Name), dotText(d.Name), dotText("door "+d.Name), dotText(d.Start))
	}
	for _, a := range s.bundles() {
		fmt.Fprintf(&b, "  %s -> %s", dotText(s.cards[a.from].id), dotText(s.cards[a.to].id))
		if len(a.words) > 0 {
			fmt.Fprintf(&b, " [label=%s]", dotText(strings.Join(a.words, " · ")))
		}
		b.WriteString("\n")
	}
	b.WriteString("}\n")
	return b.String()
}

func dotStyle(c card) string {
	switch {
	case c.marked() == broken:
		return ` style=filled fillcolor="#fde7e5" color="#b3261e"`
	case c.kind == "emergency":
		return ` color="#b3261e"`
	case c.kind != "part":
		return ` style=dashed`
	}
	return ""
}

// dotText is a quoted string; each line stands at the left.
func dotText(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\l`).Replace(text) + `"`
}
