package flows

// emergencyKept reports what would make an emergency unsafe: no part to lead
// to, no number to call in it, or a department that may be closed.
func (k *checker) emergencyKept() {
	d := k.d
	part := d.parts[emergencyPart]
	if at, why := k.danger(); part == nil && why != "" {
		k.fail(at, codeNoEmergency, why+", and there is no part `"+emergencyPart+"` to lead to", "add it to `parts`; its first step says a number to call")
	}
	if part != nil && !k.callable(part) {
		k.fail(part.at, codeNoNumber, "the part `"+emergencyPart+"` says no number to call", "say {emergency.phone} in its first step, with a button that calls it")
	}
	if _, there := d.defined["section emergency"]; !there && part != nil {
		k.fail(part.at, codeMissingKey, "there is a part `"+emergencyPart+"` and no section `emergency` with a number", "add `emergency: {phone: \"112\"}`")
	}
	if ref := d.emergency.offerTo; ref.name != "" && !k.always(ref.name) {
		k.warn(ref.at, codeEmergencyShut, "emergencies are offered to `"+ref.name+"`, which is not open always", "name a department with `hours: always`, if there is one")
	}
}

// danger is where the files say that there can be an emergency.
func (k *checker) danger() (at spot, why string) {
	for _, s := range k.d.slotOrder {
		if s.redFlag() {
			return s.at, "`" + s.id + "` has a red flag"
		}
	}
	if len(k.d.emergency.Words) > 0 {
		return k.d.defined["section emergency"], "emergency words are listened for"
	}
	return spot{}, ""
}

// redFlag says whether an answer to the slot can be a red flag.
func (s *slot) redFlag() bool {
	for _, o := range optionsOf(s.kind) {
		if o.red {
			return true
		}
	}
	yes, ok := s.kind.(yesNoType)
	return ok && yes.redFlag
}

// callable says whether a part says a number, or has a button that calls one.
func (k *checker) callable(p *part) bool {
	for _, s := range p.steps {
		if _, dark := s.verb.(opaque); dark {
			return true
		}
		for _, u := range s.verb.phrases(k.d) {
			if u.phrase.dark || k.says(u.phrase) {
				return true
			}
		}
	}
	return false
}
