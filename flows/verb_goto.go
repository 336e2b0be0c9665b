package flows

// gotoVerb leads to the beginning of a part, or back to what was interrupted.
// A false alarm comes back behind a `goto: emergency`.
type gotoVerb struct{ target target }

func readGoto(r *reader, f fields) verb {
	v := &gotoVerb{target: r.target(f.get("goto"))}
	if v.target.dark {
		return opaque{}
	}
	return v
}

func (v *gotoVerb) check(*checker, *step) {}
func (v *gotoVerb) phrases(*draft) []use  { return nil }

func (v *gotoVerb) ways(*checker) []way {
	if v.target.part == emergencyPart {
		return []way{{to: v.target}, {pause: true}}
	}
	return []way{{to: v.target}}
}

func (v *gotoVerb) do(*walk, Place) move { return v.target.move() }
