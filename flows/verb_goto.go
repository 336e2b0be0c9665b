package flows

// gotoVerb leads to the beginning of a part.
type gotoVerb struct{ target target }

func readGoto(r *reader, f fields) verb {
	v := &gotoVerb{target: r.target(f.get("goto"))}
	if v.target.part == "" {
		return opaque{}
	}
	return v
}

func (v *gotoVerb) check(*checker, *step) {}
func (v *gotoVerb) ways(*checker) []way   { return []way{{to: v.target}} }
func (v *gotoVerb) phrases(*draft) []use  { return nil }

func (v *gotoVerb) do(*walk, Place) move { return move{part: v.target.part} }
