package bot

import "time"

// Bodies of what is promised and offered that differ from what the journal holds.
type (
	SeenProposal struct {
		Booking    string    `json:"booking"`
		Department string    `json:"department"`
		Title      string    `json:"title,omitempty"`
		Doctor     string    `json:"doctor,omitempty"` // staff: the login
		DoctorName string    `json:"doctor_name,omitempty"`
		How        How       `json:"how,omitempty"` // staff
		Start      time.Time `json:"start"`
		Length     int       `json:"length"`
		Text       string    `json:"text"`
		Until      time.Time `json:"until"`
		Words      string    `json:"words,omitempty"`
	}
	SeenMoved struct { // moved, reassigned
		Booking    string    `json:"booking"`
		Start      time.Time `json:"start,omitzero"`
		Length     int       `json:"length,omitempty"`
		Text       string    `json:"text,omitempty"`
		Doctor     string    `json:"doctor,omitempty"` // staff
		DoctorName string    `json:"doctor_name,omitempty"`
	}
	SeenOfBooking struct {
		Booking string `json:"booking"`
		Why     string `json:"why,omitempty"`
		Stage   int    `json:"stage,omitempty"`
		Option  string `json:"option,omitempty"`
		Which   string `json:"which,omitempty"`
		By      Role   `json:"by,omitempty"` // missed
		Reason  string `json:"reason,omitempty"`
		Text    string `json:"text,omitempty"` // plain words, for the patient
	}
	SeenContact struct {
		Channel Channel `json:"channel"`
		Address string  `json:"address,omitempty"`
	}
	SeenNotice struct { // staff
		Notice   string    `json:"notice"`
		Why      NoticeWhy `json:"why,omitempty"`
		Channel  Channel   `json:"channel,omitempty"`
		Booking  string    `json:"booking,omitempty"`
		To       string    `json:"to,omitempty"`
		Kind     string    `json:"failure,omitempty"`
		Detail   string    `json:"detail,omitempty"`
		Retrying bool      `json:"retrying,omitempty"`
	}
)

// promiseViews are the kinds of offers, appointments, messages and of what is said
// about a call; views takes them up.
func promiseViews() map[Kind]view {
	return map[Kind]view{
		OfferMade: whole[MadeOffer](), OfferEnded: whole[EndedOffer](), OfferRung: whole[RungOffer](),
		BookingProposed: through(func(b Proposal, g glance) any {
			return SeenProposal{
				Booking: b.Booking, Department: b.Department, Title: b.Title, Doctor: forStaff(g, b.Doctor), DoctorName: b.DoctorName,
				How: forStaff(g, b.How), Start: b.Start, Length: b.Length, Text: b.Text, Until: b.Until, Words: b.Words,
			}
		}),
		BookingWithdrawn: through(seenOfBooking), BookingLate: through(seenOfBooking), BookingChosen: through(seenOfBooking),
		BookingKept: through(seenOfBooking), BookingDue: through(seenOfBooking), BookingRoom: through(seenOfBooking),
		BookingMoved: through(func(b MovedBooking, _ glance) any {
			return SeenMoved{Booking: b.Booking, Start: b.Start, Length: b.Length, Text: b.Text}
		}),
		BookingReassigned: through(func(b ReassignedBooking, g glance) any {
			return SeenMoved{Booking: b.Booking, Doctor: forStaff(g, b.Doctor), DoctorName: b.DoctorName}
		}),
		BookingCancelled: through(func(b CancelledBooking, _ glance) any {
			return SeenOfBooking{Booking: b.Booking, Reason: b.Reason, By: b.By}
		}),
		BookingHeld:     through(func(b HeldBooking, _ glance) any { return SeenOfBooking{Booking: b.Booking} }),
		BookingReminded: through(func(b RemindedBooking, _ glance) any { return SeenOfBooking{Booking: b.Booking, Which: b.Which} }),
		BookingMissed:   through(func(b MissedBooking, _ glance) any { return SeenOfBooking{Booking: b.Booking, By: b.By} }),
		ContactLeft:     through(func(b Contact, _ glance) any { return SeenContact{Channel: b.Channel, Address: b.Address} }),
		ContactDropped:  whole[OfContact](),
		NoticeWished: through(func(b Notice, _ glance) any {
			return SeenNotice{Notice: b.Notice, Why: b.Why, Channel: b.Channel, Booking: b.Booking, To: b.To}
		}),
		NoticeSent: through(seenNotice), NoticeFailed: through(seenNotice),
		TaskRaised: whole[Task](), TaskDone: whole[OfTask](),
		VideoAsked: whole[AskedVideo](), VideoRefused: whole[RefusedVideo](), DevicesChecked: whole[Devices](),
		CallSeated: through(func(b Seated, g glance) any {
			return SeenCall{Call: b.Call, Attempt: b.Attempt, Text: videoWordsIn(g.links.Language).seated}
		}),
		CallLimitNear: through(func(b LimitNear, g glance) any {
			return LimitNear{Call: b.Call, At: b.At, Next: forStaff(g, b.Next), NextAt: forStaff(g, b.NextAt)}
		}),
		CallExtended: through(func(b Extended, g glance) any {
			return Extended{Call: b.Call, Until: b.Until, Late: forStaff(g, b.Late)}
		}),
	}
}

func seenOfBooking(b OfBooking, _ glance) any {
	return SeenOfBooking{Booking: b.Booking, Why: b.Why, Stage: b.Stage, Option: b.Option}
}

func seenNotice(b OfNotice, _ glance) any {
	return SeenNotice{
		Notice: b.Notice, Why: b.Why, Channel: b.Channel, Booking: b.Booking, To: b.To,
		Kind: b.Kind, Detail: b.Detail, Retrying: !b.RetryAt.IsZero(),
	}
}
