package draw

import (
	_ "embed"
	"encoding/json"
	"fmt"

	"github.com/dop251/goja"
)

// dagre is dist/dagre.min.js of the npm package @dagrejs/dagre 3.1.3, under the
// MIT licence beside it.
//
//go:embed dagre/dagre.min.js
var dagre string

// arrange is called with the boxes and arrows as JSON and gives their places
// back in the same way.
const arrange = `(function (input) {
  globalThis.structuredClone = globalThis.structuredClone || ((v) => JSON.parse(JSON.stringify(v)));
  const { boxes, arrows } = JSON.parse(input);
  const g = new dagre.graphlib.Graph({ multigraph: true });
  g.setGraph({ rankdir: "LR", nodesep: 28, ranksep: 84, edgesep: 12, marginx: 24, marginy: 24 });
  g.setDefaultEdgeLabel(() => ({}));
  for (const b of boxes) g.setNode(b.id, { width: b.width, height: b.height });
  arrows.forEach((a, i) => g.setEdge(a.from, a.to, { minlen: 1, weight: a.weight }, String(i)));
  dagre.layout(g);
  return JSON.stringify({
    width: g.graph().width, height: g.graph().height,
    boxes: boxes.map((b) => { const n = g.node(b.id); return { x: n.x - b.width / 2, y: n.y - b.height / 2 }; }),
    arrows: arrows.map((a, i) => g.edge({ v: a.from, w: a.to, name: String(i) }).points),
  });
})`

// box is what dagre needs to know of a part, in pixels.
type box struct {
	ID     string  `json:"id"`
	Width  float64 `json:"width"`
	Height float64 `json:"height"`
}

// arrow leads from one box to another.
type arrow struct {
	From   string `json:"from"`
	To     string `json:"to"`
	Weight int    `json:"weight"`
}

// point is a place in the picture, in pixels from its upper left corner.
type point struct{ X, Y float64 }

// places says where everything goes: the boxes' upper left corners, and the
// points through which each arrow passes.
type places struct {
	Width  float64
	Height float64
	Boxes  []point
	Arrows [][]point
}

// layout works out where boxes and arrows go.
func layout(boxes []box, arrows []arrow) (places, error) {
	input, err := json.Marshal(map[string]any{"boxes": boxes, "arrows": arrows})
	if err != nil {
		return places{}, err
	}
	vm := goja.New()
	if _, err := vm.RunString(dagre); err != nil {
		return places{}, fmt.Errorf("draw: load the layout: %w", err)
	}
	f, err := vm.RunString(arrange)
	if err != nil {
		return places{}, fmt.Errorf("draw: %w", err)
	}
	call, ok := goja.AssertFunction(f)
	if !ok {
		return places{}, fmt.Errorf("draw: the layout is no function")
	}
	out, err := call(goja.Undefined(), vm.ToValue(string(input)))
	if err != nil {
		return places{}, fmt.Errorf("draw: lay the flow out: %w", err)
	}
	var p places
	if err := json.Unmarshal([]byte(out.String()), &p); err != nil {
		return places{}, fmt.Errorf("draw: %w", err)
	}
	return p, nil
}
