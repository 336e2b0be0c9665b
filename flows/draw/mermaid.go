package draw

import (
	"fmt"
	"strings"

	"bedside/flows"
)

// Mermaid writes the flow as a Mermaid flowchart: a node for each part, an
// arrow for each way between two, with the words of all that lead so.
func Mermaid(o flows.Outline, opts Options) string {
	s := newScene(o, opts)
	var b strings.Builder
	b.WriteString("flowchart LR\n")
	for i, c := range s.cards {
		fmt.Fprintf(&b, "  p%d[\"%s\"]%s\n", i, mermaidText(c.id), mermaidClass(c))
	}
	for _, d := range o.Doors {
		if to, ok := s.index[d.Start]; ok {
			fmt.Fprintf(&b, "  d_%s([\"%s\"]) --> p%d\n", d.Name, mermaidText(d.Name), to)
		}
	}
	for _, a := range s.bundles() {
		fmt.Fprintf(&b, "  p%d -->%s p%d\n", a.from, mermaidLabel(a.words), a.to)
	}
	b.WriteString("  classDef danger stroke:#b3261e,color:#b3261e\n  classDef broken fill:#fde7e5,stroke:#b3261e\n  classDef used stroke-dasharray:5 3\n")
	return b.String()
}

func mermaidClass(c card) string {
	switch {
	case c.marked() == broken:
		return ":::broken"
	case c.kind == "emergency":
		return ":::danger"
	case c.kind != "part":
		return ":::used"
	}
	return ""
}

func mermaidLabel(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return "|\"" + mermaidText(strings.Join(words, " · ")) + "\"|"
}

func mermaidText(text string) string {
	return strings.NewReplacer(`"`, "#quot;", "<", "#lt;", ">", "#gt;", "\n", " ").Replace(text)
}

// marked is the worst of the part and its rows.
func (c card) marked() standing {
	worst := c.own
	for _, r := range c.rows {
		worst = max(worst, r.marked)
	}
	return worst
}

// bundle is all ways from one part to another.
type bundle struct {
	from, to int
	words    []string
}

func (s scene) bundles() []bundle {
	var out []bundle
	at := map[[2]int]int{}
	for i, a := range s.arrows {
		pair := [2]int{s.index[a.From], s.index[a.To]}
		n, there := at[pair]
		if !there {
			n = len(out)
			at[pair] = n
			out = append(out, bundle{from: pair[0], to: pair[1]})
		}
		if r := s.cards[pair[0]].rows[s.from[i]]; r.verb == "" {
			out[n].words = append(out[n].words, strings.Trim(r.words(), " “”"))
		}
	}
	return out
}
