package bot

import "maps"

// promiseFolds are the kinds of offers, appointments, messages and of what is said
// about a call; folds takes them up, as views does promiseViews.
func promiseFolds() map[Kind]fold {
	return map[Kind]fold{
		BookingMade:       with(foldBooked),
		BookingDue:        with(foldBookingDue),
		BookingProposed:   with(foldProposed),
		BookingWithdrawn:  with(foldBookingGone),
		BookingMoved:      with(foldMovedBooking),
		BookingReassigned: with(foldReassigned),
		BookingCancelled:  with(func(s State, _ Entry, b CancelledBooking) State { return s.dropBooking(b.Booking) }),
		BookingRoom:       with(foldBookingRoom),
		BookingHeld:       with(foldHeldBooking),
		BookingReminded:   with(foldBookingReminded),
		BookingLate:       with(foldBookingLate),
		BookingChosen:     with(foldBookingChosen),
		BookingKept:       with(foldKeptBooking),
		BookingMissed:     with(foldMissedBooking),
		OfferMade:         with(foldMadeOffer),
		OfferEnded:        with(foldEndedOffer),
		OfferRung:         with(foldRungOffer),
		ContactLeft:       with(foldContact),
		ContactDropped:    with(foldContactDropped),
		NoticeWished:      with(foldNotice),
		NoticeTried:       with(foldNoticeTried),
		NoticeSent:        with(foldNoticeOver),
		NoticeFailed:      with(foldNoticeFailed),
		NoticeNotMore:     with(foldNoticeOver),
		TaskRaised:        with(foldTask),
		TaskDone:          with(foldTaskDone),
		VideoAsked:        with(foldAskedVideo),
		VideoRefused:      with(foldRefusedVideo),
		DevicesChecked:    with(foldDevices),
		CallSeated:        with(foldSeated),
		CallLimitNear:     with(foldLimitNear),
		CallExtended:      with(foldExtended),
	}
}

// withFolds are both, for a table of its own for each matter.
func withFolds(more, all map[Kind]fold) map[Kind]fold {
	maps.Copy(all, more)
	return all
}
