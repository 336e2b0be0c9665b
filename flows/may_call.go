package flows

// MayCall reports whether a conversation that begins at the door can come to a
// visit by video: where it may wait for a doctor, who may call at any time, or book
// an appointment. "" is the first door; one that there is not leads nowhere.
func (p *Program) MayCall(door string) bool {
	d, ok := p.Door(door)
	if !ok {
		return false
	}
	parts := map[string]OutlinePart{}
	for _, part := range p.Outline().Parts {
		parts[part.ID] = part
	}
	for seen, next := map[string]bool{}, []string{d.Start}; len(next) > 0; {
		id := next[0]
		if next = next[1:]; seen[id] {
			continue
		}
		seen[id] = true
		for _, s := range parts[id].Steps {
			switch s.Verb {
			case "hand_over", "video", "book":
				return true
			case "use":
				next = append(next, fragmentPrefix+s.Name)
			}
			for _, w := range s.Ways {
				next = append(next, w.To)
			}
		}
	}
	return false
}
