package bot

// ringApp has the app of the doctor rung to whom a visit by video is offered. It is
// rung into the room of the call that accepting begins, for TrueConf rings nobody
// without a conference; the call's seat and room are kept meanwhile. Where there is
// none free, or no video, the console rings alone.
func (t *turn) ringApp(made *MadeOffer) {
	if made.TrueConfID == "" || t.s.Call.Open() || !t.videoUp() {
		return
	}
	got := t.take(ByApp, false)
	if got.Lacks != "" {
		return
	}
	made.Call, made.Seats, made.Room = t.f.NewID(), got.Seats, got.Room
}

// ringOffer records that the doctor's app is about to be rung for the offer: it is
// rung at most once.
func (t *turn) ringOffer() error {
	if o := t.s.Offer; o.RingsApp() && o.Doctor == t.c.Args.Doctor && o.Call == t.c.Args.Call && !o.Rung {
		t.system(OfferRung, ForStaff, RungOffer{Doctor: o.Doctor})
	}
	return nil
}

// answeredInApp is the doctor who has come into the room of the offer: that is the
// accepting, wherever it is pressed.
func (t *turn) answeredInApp() error {
	o := t.s.Offer
	if !o.RingsApp() || o.Doctor != t.c.Args.Doctor || o.Call != t.c.Args.Call {
		return nil
	}
	a, ok := t.f.Staff[o.Doctor]
	if !ok || !claimant(a, t.s) {
		return nil
	}
	t.c.Actor = a
	if err := t.claim(); err != nil {
		return err
	}
	if c := t.s.Call; c.Open() && c.ID == o.Call {
		t.system(CallRung, ForStaff, Presence{Call: c.ID, Attempt: c.Attempt, Who: Doctor}) // and has answered
	}
	return nil
}

// callOf is the id of the call that a doctor begins with a claim: the one into whose
// room their app is rung, if it is.
func (t *turn) callOf(rung *Offer, how How) string {
	if rung.RingsApp() && how == ByApp && rung.Doctor == t.s.Doctor {
		return rung.Call
	}
	return t.f.NewID()
}
