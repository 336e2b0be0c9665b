package bot

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/looplab/fsm"
)

// Event is what moves a conversation, a call or a booking from one state to another.
type Event string

// Events of the conversation. An end while a promise stands is park.
const (
	EvHandOver Event = "hand_over"
	EvEnd      Event = "end"
	EvPark     Event = "park"
	EvAssign   Event = "assign"
	EvWrite    Event = "write"
	EvLapse    Event = "lapse"
	EvSettle   Event = "settle"
	EvRelease  Event = "release"
	EvFinish   Event = "finish"
	EvClose    Event = "close"
	EvResume   Event = "resume"
	EvReopen   Event = "reopen"  // by the patient: back into the queue
	EvTakeUp   Event = "take_up" // by a doctor: straight to the consultation
)

// Events of a call.
const (
	EvMade     Event = "made"
	EvFail     Event = "fail"
	EvWithdraw Event = "withdraw"
	EvEnter    Event = "enter" // the first person inside
	EvEmpty    Event = "empty" // the last one left
	EvBreak    Event = "break"
	EvRenew    Event = "renew"
	EvRetry    Event = "retry"
	EvEndCall  Event = "end"
)

// Events of a booking. One that is withdrawn, kept, missed or cancelled is over.
const (
	EvPropose  Event = "propose"
	EvBook     Event = "book" // by the flow, or a proposal that is taken
	EvTakeBack Event = "take_back"
	EvMove     Event = "move" // also out of one that is due, whose doctor is late
	EvReassign Event = "reassign"
	EvComeDue  Event = "come_due"
	EvKeep     Event = "keep"
	EvMiss     Event = "miss"
	EvCancel   Event = "cancel"
)

func conversationTable() fsm.Events {
	return fsm.Events{
		row(EvHandOver, Waiting, Intake, Waiting, Parked), // another one takes the place of the first
		row(EvEnd, ClosedDown, Intake, Waiting, Parked),
		row(EvPark, Parked, Intake, Waiting, Parked),
		row(EvAssign, Consulting, Intake, Waiting, Parked),
		row(EvWrite, Waiting, Parked),
		row(EvLapse, Waiting, Parked),
		row(EvSettle, ClosedDown, Parked),
		row(EvRelease, Waiting, Consulting),
		row(EvFinish, Intake, Consulting),
		row(EvClose, ClosedDown, Intake, Waiting, Consulting, Parked),
		row(EvResume, Intake, ClosedDown),
		row(EvReopen, Waiting, ClosedDown),
		row(EvTakeUp, Consulting, ClosedDown),
	}
}

func callTable() fsm.Events {
	return fsm.Events{
		row(EvMade, CallStands, CallAsked, CallBroken),
		row(EvFail, CallDown, CallAsked, CallBroken),
		row(EvWithdraw, CallDropped, CallAsked),
		row(EvEnter, CallLive, CallStands),
		row(EvEmpty, CallStands, CallLive),
		row(EvBreak, CallBroken, CallStands, CallLive),
		row(EvRenew, CallAsked, CallStands, CallLive, CallBroken),
		row(EvRetry, CallAsked, CallDown),
		row(EvEndCall, CallDone, CallStands, CallLive, CallBroken, CallDown),
	}
}

func bookingTable() fsm.Events {
	return fsm.Events{
		row(EvPropose, Proposed, noBooking),
		row(EvBook, BookedFor, noBooking, Proposed),
		row(EvTakeBack, "withdrawn", Proposed),
		row(EvMove, BookedFor, BookedFor, DueNow),
		row(EvReassign, BookedFor, BookedFor),
		row(EvComeDue, DueNow, BookedFor),
		row(EvKeep, "kept", DueNow),
		row(EvMiss, "missed", DueNow),
		row(EvCancel, "cancelled", BookedFor, DueNow),
	}
}

func row[S ~string](e Event, to S, from ...S) fsm.EventDesc {
	d := fsm.EventDesc{Name: string(e), Dst: string(to)}
	for _, s := range from {
		d.Src = append(d.Src, string(s))
	}
	return d
}

// machine asks one table where an event leads. One fsm serves all conversations:
// its state is set before every question, for an instance of its own would cost
// each conversation seven kilobytes. It is not safe for two goroutines at once,
// hence the mutex.
type machine struct {
	mu  sync.Mutex
	fsm *fsm.FSM
}

func newMachine(events fsm.Events) *machine {
	return &machine{fsm: fsm.NewFSM("", events, fsm.Callbacks{})}
}

// errNoWay means that the table has no such arrow.
var errNoWay = errors.New("bot: no way from here")

func (m *machine) next(from string, e Event) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.fsm.SetState(from)
	err := m.fsm.Event(context.Background(), string(e))
	var stays fsm.NoTransitionError
	if err != nil && !errors.As(err, &stays) {
		return "", fmt.Errorf("%w: %s by %s", errNoWay, from, e)
	}
	return m.fsm.Current(), nil
}
