package rooms_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/rooms"
	"bedside/trueconf/standin"
)

// inAnHour is the room of an appointment, as the doctor comes by the app.
func inAnHour() rooms.Order {
	o := byApp
	o.Start, o.Length = time.Now().Add(time.Hour).Truncate(time.Second), 30*time.Minute
	return o
}

// again asks until it is done, as the engine does.
func again(t *testing.T, what string, do func(context.Context) error) {
	t.Helper()
	var err error
	for range 5 {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		err = do(ctx)
		cancel()
		if err == nil {
			return
		}
		var e *rooms.Error
		require.ErrorAs(t, err, &e)
		require.True(t, e.Retry, "%s: %v", what, err)
	}
	require.NoError(t, err, what)
}

// Whatever the answers of the server look like, a planned room stands, lets no guest
// in before its time, runs at it, lets both in, and goes.
func TestAPlannedRoomLivesUnderEverySwitch(t *testing.T) {
	for name, w := range map[string]standin.Switches{
		"as documented":       {},
		"state ignored":       {IgnoreState: true},
		"run twice 400":       {RunTwice: standin.Twice400},
		"run twice 409":       {RunTwice: standin.Twice409},
		"stop twice 400":      {StopTwice: standin.Twice400},
		"stop twice 409":      {StopTwice: standin.Twice409},
		"delete running 400":  {DeleteRunning: standin.Twice400},
		"delete running 409":  {DeleteRunning: standin.Twice409},
		"delete 204":          {DeleteNoContent: true},
		"owner with server":   {OwnerWithServer: true},
		"loose types":         {LooseTypes: true},
		"plain":               {Escaping: standin.EscapePlain},
		"unicode":             {Escaping: standin.EscapeUnicode},
		"double":              {Escaping: standin.EscapeDouble},
		"article":             {Escaping: standin.EscapeArticle},
		"old server":          {HighestMinor: 3, NoV4: true},
		"tokens of two calls": {TokenUses: 2},
		"tokens end with 401": {TokenUses: 3, BadTokenStatus: 401},
		"links want a token":  {ClientsNeedToken: true},
		"a widget before":     {WidgetDecoy: true},
		"no deeplinks":        {Deeplinks: standin.DeeplinksNone},
		"ends on time":        {EndsOnTime: true},
		"does not begin":      {NoStart: true},
		"clock ahead":         {Skew: 20 * time.Second},
		"clock behind":        {Skew: -20 * time.Second},
		"list of v4":          {Participants: standin.ShapeV4},
		"ids bare":            {Participants: standin.ShapeBareID},
		"uids":                {Participants: standin.ShapeUID},
		"list of strings":     {Participants: standin.ShapeStrings},
		"stopped rooms admit": {StoppedAdmits: true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { liveOut(t, w, "") })
		})
	}
}

// A call that is lost, cut or spoilt on the way is asked again and does nothing twice.
func TestAPlannedRoomOutlivesEveryTrouble(t *testing.T) {
	for _, kind := range []standin.TroubleKind{
		standin.TroubleLost, standin.TroubleCut, standin.Trouble500, standin.TroubleHTML, standin.TroubleOKError,
		standin.TroubleTruncated, standin.TroubleShort, standin.TroubleEmpty, standin.TroubleThrottle, standin.TroubleDown,
	} {
		for _, on := range []standin.Endpoint{
			standin.EndpointToken, standin.EndpointCreate, standin.EndpointGet, standin.EndpointRun, standin.EndpointStop, standin.EndpointDelete,
		} {
			t.Run(string(kind)+" "+string(on), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					w := standin.Switches{Troubles: []standin.Trouble{{Kind: kind, On: on, Times: 1}}}
					w.NoStart = on == standin.EndpointRun // else nobody need run it
					liveOut(t, w, on)
				})
			})
		}
	}
}

func liveOut(t *testing.T, w standin.Switches, troubled standin.Endpoint) {
	h := newHouse(t)
	h.there.SetSwitches(func(s *standin.Switches) { *s = w })
	o := inAnHour()
	again(t, "schedule", func(ctx context.Context) error { return h.rooms.Schedule(ctx, o) })
	again(t, "schedule again", func(ctx context.Context) error { return h.rooms.Schedule(ctx, o) })
	room := h.only()
	require.True(t, room.Start.Equal(o.Start))
	require.Equal(t, o.Length, room.Length)
	require.Equal(t, "stopped", room.State)
	require.Equal(t, []string{"doctor1"}, room.Invited)
	require.NotContains(t, room.Topic+room.Description, "Somebody")

	time.Sleep(time.Hour + w.Skew.Abs())
	if !w.NoStart {
		require.Equal(t, "running", h.only().State, "it begins by itself")
		rings := h.there.Rings()
		require.Len(t, rings, 1)
		require.Equal(t, standin.RingSchedule, rings[0].Cause)
	}
	again(t, "the visit begins", func(ctx context.Context) error { return h.rooms.Make(ctx, byApp) })
	require.Equal(t, "running", h.only().State)
	require.Equal(t, 1, h.only().Runs, "nobody starts it twice")

	var link rooms.Link
	again(t, "a link", func(ctx context.Context) (err error) { link, err = h.rooms.Mint(ctx, mintFor(bot.Patient)); return err })
	h.enter(link)
	_, err := h.there.EnterUser(h.only().ID, "doctor1")
	require.NoError(t, err)
	var look rooms.Reading
	again(t, "a look", func(ctx context.Context) (err error) { look, err = h.rooms.Look(ctx, first, "c_1"); return err })
	require.True(t, look.Has(bot.Patient) && look.Has(bot.Doctor), "%v", look)
	require.Empty(t, look.Strangers)

	again(t, "remove", func(ctx context.Context) error { return h.rooms.Remove(ctx, first) })
	require.Empty(t, h.there.Rooms())
	if troubled != "" {
		h.there.SetSwitches(func(s *standin.Switches) { require.Empty(t, s.Troubles, "the trouble was met") })
	}
}

// A guest who is too early is told so by the page, and a room that an administrator
// stops, starts or deletes is found so.
func TestAnAdministratorHasAHandInAPlannedRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		o := inAnHour()
		require.NoError(t, h.rooms.Schedule(t.Context(), o))
		require.True(t, h.there.StartRoom(h.only().ID))
		look, err := h.rooms.Look(t.Context(), first, "c_1")
		require.NoError(t, err)
		require.True(t, look.Running)
		require.NoError(t, h.rooms.Make(t.Context(), byApp))
		require.Equal(t, 1, h.only().Runs)
		require.True(t, h.there.StopRoom(h.only().ID))
		time.Sleep(time.Hour)
		require.NoError(t, h.rooms.Make(t.Context(), byApp), "run by hand before, it may not begin by itself")
		require.Equal(t, "running", h.only().State)
		require.True(t, h.there.DeleteRoom(h.only().ID))
		look, err = h.rooms.Look(t.Context(), first, "c_1")
		require.NoError(t, err)
		require.False(t, look.Known)
		require.NoError(t, h.rooms.Make(t.Context(), byApp))
		require.Equal(t, "running", h.only().State)
		require.Zero(t, h.only().Start, "made at the moment it is needed, it has no plan")
	})
}

func TestIdsThatTheServerDoesNotTakePlanNothing(t *testing.T) {
	for _, fate := range []standin.OwnIDs{standin.OwnIDReplaced, standin.OwnIDRefused} {
		synctest.Test(t, func(t *testing.T) {
			h := newHouse(t)
			h.there.SetSwitches(func(s *standin.Switches) { s.OwnIDs = fate })
			err := h.rooms.Schedule(t.Context(), inAnHour())
			require.Equal(t, rooms.IDRefused, rooms.KindOf(err), "%v", err)
			require.Empty(t, h.there.Rooms())
		})
	}
}

// The server's own calendar links are those of the planned room, in every shape.
func TestCalendarsOfAPlannedRoom(t *testing.T) {
	for _, shape := range []standin.CalendarShape{
		standin.CalendarsNamed, standin.CalendarsBare, standin.CalendarsList, standin.CalendarsStrings, standin.CalendarsObjects,
	} {
		synctest.Test(t, func(t *testing.T) {
			h := newHouse(t)
			h.there.SetSwitches(func(s *standin.Switches) { s.Calendars = shape })
			require.NoError(t, h.rooms.Schedule(t.Context(), inAnHour()))
			links, err := h.rooms.Calendars(t.Context(), first)
			require.NoError(t, err)
			require.Len(t, links, 3)
			_, err = h.rooms.Calendars(t.Context(), second)
			require.Equal(t, rooms.Gone, rooms.KindOf(err), "there is no such room")
			require.NotContains(t, err.Error(), h.only().ID)
		})
	}
}
