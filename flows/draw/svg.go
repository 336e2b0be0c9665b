package draw

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"

	"bedside/flows"
)

// SVG draws the flow as one picture that needs nothing beside it: no font, no
// style sheet, no script.
func SVG(o flows.Outline, opts Options) ([]byte, error) {
	s := newScene(o, opts)
	boxes := make([]box, len(s.cards))
	for i, c := range s.cards {
		boxes[i] = box{ID: c.id, Width: c.width, Height: c.height()}
	}
	places, err := layout(boxes, append([]arrow{}, s.arrows...))
	if err != nil {
		return nil, err
	}
	w := &writer{palette: paletteOf(opts.Dark)}
	w.open(places)
	for i, a := range s.arrows {
		from, to := s.index[a.From], s.index[a.To]
		w.arrow(s.cards[from], places.Boxes[from], s.from[i], s.cards[to], places.Boxes[to], places.Arrows[i])
	}
	for i, c := range s.cards {
		w.card(c, places.Boxes[i])
	}
	w.WriteString("</svg>\n")
	return w.Bytes(), nil
}

// writer writes the elements of one picture.
type writer struct {
	bytes.Buffer
	palette palette
}

func (w *writer) put(format string, args ...any) { fmt.Fprintf(w, format, args...) }

func (w *writer) open(p places) {
	width, height := max(p.Width, 2*narrowest), max(p.Height, 2*headRoom)
	w.put(`<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%.0f" viewBox="0 0 %.0f %.0f" font-family="system-ui, 'Segoe UI', 'DejaVu Sans', Arial, sans-serif" font-size="%g" role="img">`+"\n", width, height, width, height, size)
	w.put(`<title>The parts of the flow and where their steps lead</title><rect width="100%%" height="100%%" fill="%s"/>`+"\n", w.palette.ground)
	for name, colour := range [...]string{w.palette.arrow, w.palette.red} {
		w.put(`<marker id="tip%d" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0 8 4 0 8z" fill="%s"/></marker>`+"\n", name, colour)
	}
}

func (w *writer) card(c card, at point) {
	p := w.palette
	line, head, ink := p.line, p.head, p.headText
	switch {
	case c.kind == "emergency", c.own == broken:
		line, head, ink = p.red, p.redGround, p.red
	case c.own == warned:
		line, head, ink = p.amber, p.amberGround, p.amber
	}
	w.put(`<g><title>%s</title>`, escape(c.tip))
	w.put(`<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" rx="6" fill="%s" stroke="%s"%s/>`+"\n", at.X, at.Y, c.width, c.height(), p.box, line, dashed(c.kind))
	w.put(`<path d="M%.1f %.1fv-16a6 6 0 0 1 6-6h%.1fa6 6 0 0 1 6 6v16z" fill="%s"/>`, at.X+.5, at.Y+22.5, c.width-13, head)
	w.put(`<text x="%.1f" y="%.1f" font-weight="600" font-size="13" fill="%s">%s</text>`+"\n", at.X+padding, at.Y+16, ink, escape(c.id))
	if len(c.doors) > 0 {
		w.put(`<text x="%.1f" y="%.1f" font-size="11" fill="%s">▼ %s</text>`+"\n", at.X+2, at.Y-5, p.promise, escape(strings.Join(c.doors, ", ")))
	}
	for i, r := range c.rows {
		w.row(c, r, at, at.Y+headRoom+float64(i)*rowHeight)
	}
	w.WriteString("</g>\n")
}

// dashed tells lists that other steps use from the parts of the way.
func dashed(kind string) string {
	if kind == "part" || kind == "emergency" {
		return ""
	}
	return ` stroke-dasharray="5 3"`
}

func (w *writer) row(c card, r row, at point, y float64) {
	p := w.palette
	ink := p.text
	w.WriteString("<g>")
	if r.tip != "" {
		w.put(`<title>%s</title>`, escape(r.tip))
	}
	switch r.marked {
	case broken:
		w.put(`<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" fill="%s"/>`, at.X+1, y, c.width-2, rowHeight, p.redGround)
		ink = p.red
	case warned:
		w.put(`<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" fill="%s"/>`, at.X+1, y, c.width-2, rowHeight, p.amberGround)
		ink = p.amber
	}
	if bar := p.bar(r.verb); bar != "" {
		w.put(`<rect x="%.1f" y="%.1f" width="3" height="%.1f" fill="%s"/>`, at.X+1, y+3, rowHeight-6, bar)
	}
	if r.red {
		ink = p.red
	}
	w.words(r, at.X+padding+r.indent(), y+14, ink)
	w.numbers(c, r, at, y)
	w.WriteString("</g>\n")
}

// words writes what is done in strong letters and what is read in faint ones.
func (w *writer) words(r row, x, y float64, ink string) {
	faint := w.palette.faint
	if r.marked != sound || r.red {
		faint = ink
	}
	w.put(`<text x="%.1f" y="%.1f" fill="%s">`, x, y, ink)
	first := true
	for _, part := range []struct{ words, style string }{
		{r.lead, ` font-weight="600"`}, {r.name, ""}, {r.text, fmt.Sprintf(` fill="%s"`, faint)},
	} {
		if part.words == "" {
			continue
		}
		step := ""
		if !first {
			step = fmt.Sprintf(` dx="%g"`, gap)
		}
		w.put(`<tspan%s%s>%s</tspan>`, step, part.style, escape(part.words))
		first = false
	}
	w.WriteString("</text>")
}

func (w *writer) numbers(c card, r row, at point, y float64) {
	if r.here+r.stopped == 0 {
		return
	}
	colour := w.palette.here
	if r.here == 0 {
		colour = w.palette.stopped
	}
	w.put(`<text x="%.1f" y="%.1f" text-anchor="end" font-weight="600" fill="%s">%s</text>`, at.X+c.width-padding, y+14, colour, escape(numbers(r)))
}

// arrow starts at its row, passes through the places between the boxes and
// comes in at the head of the other box.
func (w *writer) arrow(from card, at point, n int, to card, end point, way []point) {
	colour, tip := w.palette.arrow, 0
	if to.kind == "emergency" {
		colour, tip = w.palette.red, 1
	}
	start := point{at.X + from.width, at.Y + headRoom + (float64(n)+.5)*rowHeight}
	finish := point{end.X - 1, end.Y + 11}
	points := []point{start}
	if len(way) > 2 {
		points = append(points, way[1:len(way)-1]...)
	}
	w.put(`<path d="%s" fill="none" stroke="%s" stroke-width="1.3" marker-end="url(#tip%d)"/>`+"\n", curve(append(points, finish)), colour, tip)
}

// curve goes through the points, leaving and entering each sideways.
func curve(points []point) string {
	var b strings.Builder
	fmt.Fprintf(&b, "M%.1f %.1f", points[0].X, points[0].Y)
	for i := 1; i < len(points); i++ {
		a, z := points[i-1], points[i]
		bend := max((z.X-a.X)/2, 24)
		fmt.Fprintf(&b, "C%.1f %.1f %.1f %.1f %.1f %.1f", a.X+bend, a.Y, z.X-bend, z.Y, z.X, z.Y)
	}
	return b.String()
}

func escape(text string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(text)) // a buffer takes everything
	return b.String()
}
