package rooms_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/rooms"
	"bedside/trueconf"
	"bedside/trueconf/standin"
)

var (
	first  = bot.Room{Call: "call_1", Attempt: 1}
	second = bot.Room{Call: "call_1", Attempt: 2}
	byPage = rooms.Order{Room: first, Conversation: "c_1", How: bot.ByPage}
	byApp  = rooms.Order{Room: first, Conversation: "c_1", How: bot.ByApp, Owner: "doctor1"}
)

// house is a stand-in with the rooms of one installation, all in one process, so
// that a synctest bubble holds their clock.
type house struct {
	t     *testing.T
	there *standin.Server
	rooms *rooms.Rooms
}

func newHouse(t *testing.T) *house {
	t.Helper()
	there := standin.New(standin.Options{
		ClientID: "id", ClientSecret: "secret", PublicURL: "http://trueconf.localhost", Now: time.Now,
	})
	t.Cleanup(func() { require.NoError(t, there.Close()) })
	return &house{t: t, there: there, rooms: newRooms(t, there, "alpha", 1)}
}

func newRooms(t *testing.T, there *standin.Server, installation string, key byte) *rooms.Rooms {
	t.Helper()
	client, err := trueconf.New(trueconf.Config{
		URL: "http://trueconf.localhost", ClientID: "id", ClientSecret: "secret", Transport: inProcess{there},
	})
	require.NoError(t, err)
	r, err := rooms.New(client, rooms.Config{
		Key: bytes.Repeat([]byte{key}, 32), Installation: installation, ServiceAccount: "bedside", GuestSeats: 2,
	})
	require.NoError(t, err)
	return r
}

// inProcess hands requests to a handler without a network. A handler that breaks the
// connection is a request without an answer.
type inProcess struct{ handler http.Handler }

func (p inProcess) RoundTrip(r *http.Request) (answer *http.Response, err error) {
	defer func() {
		if broken := recover(); broken == http.ErrAbortHandler {
			answer, err = nil, io.ErrUnexpectedEOF
		} else if broken != nil {
			panic(broken)
		}
	}()
	w := httptest.NewRecorder()
	r = r.Clone(r.Context())
	r.RequestURI = r.URL.RequestURI()
	if r.Body == nil {
		r.Body = http.NoBody
	}
	p.handler.ServeHTTP(w, r)
	return w.Result(), nil
}

func (h *house) only() standin.Room {
	h.t.Helper()
	list := h.there.Rooms()
	require.Len(h.t, list, 1)
	return list[0]
}

func (h *house) enter(link rooms.Link) *standin.Visitor {
	h.t.Helper()
	v, err := h.there.Enter(link.WebURL)
	require.NoError(h.t, err)
	return v
}

func (h *house) mint(who bot.Role) rooms.Link {
	h.t.Helper()
	link, err := h.rooms.Mint(context.Background(), mintFor(who))
	require.NoError(h.t, err)
	return link
}

func mintFor(who bot.Role) rooms.MintOrder {
	return rooms.MintOrder{Room: first, Conversation: "c_1", Who: who, Name: "Somebody"}
}

func TestARoomIsMadeOnceHoweverOftenItIsAskedFor(t *testing.T) {
	h := newHouse(t)
	ctx := context.Background()
	for range 3 {
		require.NoError(t, h.rooms.Make(ctx, byPage))
	}
	room := h.only()
	require.Equal(t, "running", room.State)
	require.Equal(t, "bedside", room.Owner)
	require.Regexp(t, `^bs_alpha_[a-z2-7]{26}$`, room.ID)
	require.NotContains(t, room.Topic, "Somebody")
	require.NoError(t, h.rooms.Remove(ctx, first))
	require.NoError(t, h.rooms.Remove(ctx, first), "what is gone is removed")
	require.Empty(t, h.there.Rooms())
}

func TestAServerThatIgnoresTheStateIsToldToRun(t *testing.T) {
	h := newHouse(t)
	h.there.SetSwitches(func(s *standin.Switches) { s.IgnoreState = true })
	require.NoError(t, h.rooms.Make(context.Background(), byPage))
	require.Equal(t, "running", h.only().State)
}

func TestIdsThatTheServerDoesNotTakeAreNoIds(t *testing.T) {
	for _, fate := range []standin.OwnIDs{standin.OwnIDReplaced, standin.OwnIDRefused} {
		h := newHouse(t)
		h.there.SetSwitches(func(s *standin.Switches) { s.OwnIDs = fate })
		err := h.rooms.Make(context.Background(), byPage)
		require.Equal(t, rooms.IDRefused, rooms.KindOf(err), "%v", err)
		require.Empty(t, h.there.Rooms(), "its ten digits are not worked with")
	}
}

func TestAnUnknownDoctorIsASetupError(t *testing.T) {
	h := newHouse(t)
	err := h.rooms.Make(context.Background(), rooms.Order{Room: first, How: bot.ByApp, Owner: "nobody"})
	require.Equal(t, rooms.Setup, rooms.KindOf(err))
	var e *rooms.Error
	require.ErrorAs(t, err, &e)
	require.False(t, e.Retry)
	require.NotEmpty(t, e.Cure)
}

func TestWhoIsInside(t *testing.T) {
	h := newHouse(t)
	ctx := context.Background()
	r, err := h.rooms.Look(ctx, first, "c_1")
	require.NoError(t, err)
	require.False(t, r.Known)

	require.NoError(t, h.rooms.Make(ctx, byPage))
	mine := h.enter(h.mint(bot.Patient))
	r, err = h.rooms.Look(ctx, first, "c_1")
	require.NoError(t, err)
	require.True(t, r.Running && r.Listed)
	require.Equal(t, []bot.Role{bot.Patient}, r.Inside)
	require.Equal(t, 1, r.Guests)

	h.enter(h.mint(bot.Doctor))
	_, err = h.rooms.Mint(ctx, mintFor(bot.Patient))
	require.NoError(t, err, "who comes again replaces himself")
	mine.Leave()
	r, err = h.rooms.Look(ctx, first, "c_1")
	require.NoError(t, err)
	require.Equal(t, []bot.Role{bot.Doctor}, r.Inside)

	r, err = h.rooms.Look(ctx, first, "c_2")
	require.NoError(t, err)
	require.Len(t, r.Strangers, 1, "a guest of another conversation is a stranger here")
}

func TestTheDoctorInTheAppIsTheOwner(t *testing.T) {
	h := newHouse(t)
	ctx := context.Background()
	require.NoError(t, h.rooms.Make(ctx, byApp))
	require.NoError(t, h.rooms.Ring(ctx, first, "doctor1"))
	require.Len(t, h.there.Rings(), 1)
	_, err := h.there.EnterUser(h.only().ID, "doctor1")
	require.NoError(t, err)
	r, err := h.rooms.Look(ctx, first, "c_1")
	require.NoError(t, err)
	require.Equal(t, []bot.Role{bot.Doctor}, r.Inside)
	require.Zero(t, r.Guests, "an owner takes no guest seat")
}

func TestEveryShapeOfTheListNamesTheSamePeople(t *testing.T) {
	for _, shape := range []standin.ParticipantShape{standin.ShapeGuestID, standin.ShapeBareID, standin.ShapeUID, standin.ShapeV4, standin.ShapeStrings} {
		h := newHouse(t)
		ctx := context.Background()
		require.NoError(t, h.rooms.Make(ctx, byPage))
		h.enter(h.mint(bot.Patient))
		h.there.SetSwitches(func(s *standin.Switches) { s.Participants = shape })
		r, err := h.rooms.Look(ctx, first, "c_1")
		require.NoError(t, err)
		require.Equal(t, []bot.Role{bot.Patient}, r.Inside, "shape %q", shape)
		require.Empty(t, r.Strangers)
	}
}

func TestSeatsAndPlacesAreSaidBeforeTheLink(t *testing.T) {
	h := newHouse(t)
	ctx := context.Background()
	require.NoError(t, h.rooms.Make(ctx, byPage))
	o := mintFor(bot.Patient)
	o.SeatsElsewhere = 2
	_, err := h.rooms.Mint(ctx, o)
	require.Equal(t, rooms.NoGuestSeat, rooms.KindOf(err))

	h.enter(h.mint(bot.Doctor))
	stranger := mintFor(bot.Patient)
	stranger.Conversation = "c_2"
	link, err := h.rooms.Mint(ctx, stranger)
	require.Equal(t, rooms.RoomFull, rooms.KindOf(firstOf(err, h.fill(link))), "two others are inside")
}

// fill lets a guest of another conversation in and asks for the patient's link.
func (h *house) fill(link rooms.Link) error {
	if link.WebURL == "" {
		return nil
	}
	h.there.SetSwitches(func(s *standin.Switches) { s.GuestSeats = 5 })
	h.enter(link)
	_, err := h.rooms.Mint(context.Background(), mintFor(bot.Patient))
	return err
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func TestAGhostIsNamedOnlyAfterTheFrameHasSaidNo(t *testing.T) {
	h := newHouse(t)
	ctx := context.Background()
	require.NoError(t, h.rooms.Make(ctx, byPage))
	h.enter(h.mint(bot.Patient))
	h.mint(bot.Patient)
	o := mintFor(bot.Patient)
	o.Failed = true
	_, err := h.rooms.Mint(ctx, o)
	require.Equal(t, rooms.Ghost, rooms.KindOf(err))
}

func TestAStoppedRoomRunsAgainAtAPress(t *testing.T) {
	h := newHouse(t)
	require.NoError(t, h.rooms.Make(context.Background(), byPage))
	h.there.StopRoom(h.only().ID)
	h.enter(h.mint(bot.Patient))
	require.Equal(t, "running", h.only().State)
	h.there.DeleteRoom(h.only().ID)
	_, err := h.rooms.Mint(context.Background(), mintFor(bot.Patient))
	require.Equal(t, rooms.Gone, rooms.KindOf(err))
	require.Equal(t, rooms.Gone, rooms.KindOf(h.rooms.Mend(context.Background(), first)))
}

func TestNoErrorNamesARoom(t *testing.T) {
	h := newHouse(t)
	ctx := context.Background()
	require.NoError(t, h.rooms.Make(ctx, byPage))
	id := h.only().ID
	h.there.DeleteRoom(id)
	_, minted := h.rooms.Mint(ctx, mintFor(bot.Patient))
	for _, err := range []error{minted, h.rooms.Mend(ctx, first), h.rooms.Ring(ctx, first, "doctor1")} {
		require.Error(t, err)
		require.NotContains(t, err.Error(), id)
		require.NotContains(t, err.Error(), id[strings.LastIndex(id, "_")+1:])
	}
}

func TestTheSweepTouchesOnlyWhatIsOursAndForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		ctx := context.Background()
		neighbour := newRooms(t, h.there, "omega", 2)
		require.NoError(t, h.rooms.Make(ctx, byPage))
		require.NoError(t, h.rooms.Make(ctx, rooms.Order{Room: second, How: bot.ByPage}))
		require.NoError(t, neighbour.Make(ctx, byPage))
		open := func(context.Context) ([]bot.Room, error) { return []bot.Room{second}, nil }

		got, err := h.rooms.Sweep(ctx, open)
		require.NoError(t, err)
		require.Equal(t, rooms.Swept{Seen: 2}, got, "a young room may be anybody's beginning")

		time.Sleep(11 * time.Minute)
		got, err = h.rooms.Sweep(ctx, open)
		require.NoError(t, err)
		require.Equal(t, rooms.Swept{Seen: 2, Removed: 1}, got)
		require.Len(t, h.there.Rooms(), 2, "the open call's room and the neighbour's stay")

		_, err = h.rooms.Sweep(ctx, func(context.Context) ([]bot.Room, error) { return nil, context.Canceled })
		require.ErrorIs(t, err, context.Canceled)
		require.Len(t, h.there.Rooms(), 2, "who does not know what is open removes nothing")
	})
}

func TestOneSweepRemovesTwentyAtMost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		ctx := context.Background()
		for n := range 25 {
			require.NoError(t, h.rooms.Make(ctx, rooms.Order{Room: bot.Room{Call: "old", Attempt: n + 1}, How: bot.ByPage}))
		}
		time.Sleep(time.Hour)
		got, err := h.rooms.Sweep(ctx, func(context.Context) ([]bot.Room, error) { return nil, nil })
		require.NoError(t, err)
		require.Equal(t, rooms.Swept{Seen: 25, Removed: 20}, got)
	})
}
