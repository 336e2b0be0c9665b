package flows

// ladders reports what rungs and reminders name that there is not. Where they
// lead, and what they show, belongs to the steps that wait.
func (k *checker) ladders() {
	for _, l := range k.d.ladderOrder {
		for _, s := range l.rungs {
			for _, d := range s.also {
				k.department(d)
			}
			for _, t := range s.targets() {
				k.part(t)
			}
			for _, u := range s.phrases() {
				k.inserts(u)
			}
		}
	}
	for _, s := range k.d.silence {
		k.inserts(use{phrase: &s.say})
		k.inserts(use{phrase: &s.end})
	}
}

// resumes reports a `resume` where nothing can have been interrupted.
func (k *checker) resumes() {
	for _, p := range k.d.lists() {
		for _, s := range p.steps {
			for _, w := range s.verb.ways(k) {
				if w.to.resume && (p.id != emergencyPart || p != k.d.parts[p.id]) {
					k.fail(w.to.at, codeMisplaced, "`resume` goes back to what an emergency has interrupted, and so stands in the part `"+emergencyPart+"` alone",
						"write `goto: ` and the name of a part, or move the step there")
				}
			}
		}
	}
}
