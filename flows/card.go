package flows

import "slices"

// CardLine is one answer on the doctor's card.
type CardLine struct {
	Slot  string `json:"slot"`
	Label string `json:"label"`
	Text  string `json:"text"`
}

// Card lists the answers for the doctor in the doctor's language, or in the
// one of the flow that suits it best: the slots named in first, then the
// others in the order of the file. Slots without an answer are left out.
func (p *Program) Card(m Memory, f Facts, first []string, lang string) []CardLine {
	lang = p.Language(lang)
	var lines []CardLine
	for _, id := range first {
		if s, ok := p.slots[id]; ok {
			lines = appendLine(lines, s, m, lang)
		}
	}
	for _, s := range p.slotOrder {
		if !slices.Contains(first, s.id) {
			lines = appendLine(lines, s, m, lang)
		}
	}
	return lines
}

func appendLine(lines []CardLine, s *slot, m Memory, lang string) []CardLine {
	if !m.known(s.id) || slices.ContainsFunc(lines, func(l CardLine) bool { return l.Slot == s.id }) {
		return lines
	}
	return append(lines, CardLine{Slot: s.id, Label: s.label.In(lang), Text: s.kind.shown(m.Slots[s.id], lang)})
}
