package draw

// palette is the colours of a picture; each text stands out from its ground by
// 4.5 to 1 at least (WCAG 2.2, 1.4.3).
type palette struct {
	ground, box, line, text, faint, arrow string
	head, headText                        string
	red, redGround, amber, amberGround    string
	ask, wait, promise, end               string // the bar before a row, by what the step does
	here, stopped                         string
}

func paletteOf(dark bool) palette {
	if dark {
		return palette{
			ground: "#14181d", box: "#1d232a", line: "#4a5562", text: "#e6eaee", faint: "#a3aebb", arrow: "#8492a2",
			head: "#2a3440", headText: "#f3f5f7",
			red: "#ff8a80", redGround: "#4a1f22", amber: "#ffc46b", amberGround: "#45351a",
			ask: "#6fb3ff", wait: "#c79bff", promise: "#6fd6a0", end: "#8492a2",
			here: "#6fb3ff", stopped: "#ff8a80",
		}
	}
	return palette{
		ground: "#ffffff", box: "#ffffff", line: "#b6c0cb", text: "#1b2530", faint: "#56636f", arrow: "#6d7a88",
		head: "#e8eef4", headText: "#14202c",
		red: "#b3261e", redGround: "#fde7e5", amber: "#7a4d00", amberGround: "#fff1d6",
		ask: "#1769aa", wait: "#7b3fb5", promise: "#1a7f4b", end: "#6d7a88",
		here: "#1769aa", stopped: "#b3261e",
	}
}

// bar is the colour by which a row says what its step does; "" for steps that
// pass without a person.
func (p palette) bar(verb string) string {
	switch verb {
	case "ask", "choose", "consent":
		return p.ask
	case "hand_over", "video":
		return p.wait
	case "book", "callback":
		return p.promise
	case "end":
		return p.end
	}
	return ""
}
