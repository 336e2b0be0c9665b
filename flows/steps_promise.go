package flows

// Promise makes the promise to which the open question of a rung leads, without
// its answer: a Promised with PlaceKept. Where it leads to no call-back, the
// department for which the patient waits promises one. Where no rung asks the
// error is a *Refusal with the code NotAsking.
func (p *Program) Promise(m Memory, f Facts) (Turn, error) {
	w := p.walk(m, f)
	if m.Waits != WaitAnswer || m.Above != AboveRung || m.Base().Waits != WaitHandOver {
		return Turn{}, &Refusal{NotAsking, w.words.NotAsking}
	}
	at, within, department := m.Base().At, usualWithin, ""
	if s, ok := p.step(at); ok {
		if v, ok := s.verb.(*handOverVerb); ok {
			department = v.department.name
		}
	}
	if v, where, ok := w.promised(m.At, m.Returns, map[Place]bool{}); ok {
		at, within, department = where, v.within, v.department.name
	}
	if department == "" {
		return Turn{}, &Refusal{NotAsking, w.words.NotAsking}
	}
	d := w.department(department)
	w.emit(Promised{At: at, Department: department, By: d.AddOpen(f.Now, within), Phone: w.phone(), PlaceKept: true})
	return w.turn(), nil
}

// promised finds the call-back to which the steps from a place on lead, if
// nothing more is answered. A question is passed over; of its answers, and of
// the ways of a `book`, the first that leads to a call-back counts.
func (w *walk) promised(at Place, returns []Place, seen map[Place]bool) (*callBackVerb, Place, bool) {
	for !seen[at] {
		seen[at] = true
		s, ok := w.program.step(at)
		if !ok {
			if len(returns) == 0 {
				return nil, Place{}, false
			}
			at, returns = returns[len(returns)-1], returns[:len(returns)-1]
			continue
		}
		if holds, err := s.ifSource.holds(w); holds && err == nil {
			switch v := s.verb.(type) {
			case *callBackVerb:
				return v, at, true
			case *useVerb:
				returns = append(returns[:len(returns):len(returns)], Place{Part: at.Part, Step: at.Step + 1})
				at = Place{Part: fragmentPrefix + v.fragment.name, Step: 1}
				continue
			case *endVerb, *handOverVerb:
				return nil, Place{}, false
			default:
				for _, t := range leadsTo(v) {
					if found, where, ok := w.promised(Place{Part: t.part, Step: 1}, nil, seen); t.part != "" && ok {
						return found, where, true
					}
				}
				if _, always := v.(*gotoVerb); always {
					return nil, Place{}, false
				}
			}
		}
		at.Step++
	}
	return nil, Place{}, false
}

// leadsTo are the parts to which a verb leads without a promise on the way.
func leadsTo(v verb) []target {
	switch v := v.(type) {
	case *gotoVerb:
		return []target{v.target}
	case *chooseVerb:
		return optionTargets(v.options)
	case *rungVerb:
		return v.rung.targets()
	case *bookVerb:
		return []target{v.none}
	}
	return nil
}
