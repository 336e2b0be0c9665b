package trueconf_test

import (
	"context"
	"crypto/rand"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/trueconf"
	"bedside/trueconf/standin"
)

// The contract is what the rest of Bedside relies on. It runs against the
// stand-in in its several tempers and, where BEDSIDE_TRUECONF_URL names one,
// against a real server:
//
//	BEDSIDE_TRUECONF_URL            https://video.example.org
//	BEDSIDE_TRUECONF_CLIENT_ID      and _CLIENT_SECRET, or
//	BEDSIDE_TRUECONF_SECRET_KEY
//	BEDSIDE_TRUECONF_OWNER          the TrueConf ID of a user of that server
//	BEDSIDE_TRUECONF_CA             optional, a PEM file
//
// It makes rooms with the tag "bedside_contract" and removes them again.

const contractTag = "bedside_contract"

// subject is a server under the contract.
type subject struct {
	*trueconf.Client
	owner string
}

func TestContractOfARealServer(t *testing.T) {
	address := os.Getenv("BEDSIDE_TRUECONF_URL")
	if address == "" {
		t.Skip("BEDSIDE_TRUECONF_URL is not set")
	}
	client, err := trueconf.New(trueconf.Config{
		URL:          address,
		ClientID:     os.Getenv("BEDSIDE_TRUECONF_CLIENT_ID"),
		ClientSecret: os.Getenv("BEDSIDE_TRUECONF_CLIENT_SECRET"),
		SecretKey:    os.Getenv("BEDSIDE_TRUECONF_SECRET_KEY"),
		CAFile:       os.Getenv("BEDSIDE_TRUECONF_CA"),
	})
	require.NoError(t, err)
	t.Cleanup(client.Close)
	owner := os.Getenv("BEDSIDE_TRUECONF_OWNER")
	require.NotEmpty(t, owner, "BEDSIDE_TRUECONF_OWNER names the owner of the rooms")
	keepContract(t, subject{client, owner})
}

func TestContractOfTheStandIn(t *testing.T) {
	for name, switches := range map[string]standin.Switches{
		"as it comes":               {},
		"loose types":               {LooseTypes: true, Escaping: standin.EscapeUnicode},
		"plain":                     {Escaping: standin.EscapePlain, Deeplinks: standin.DeeplinksInside},
		"links encoded twice":       {Escaping: standin.EscapeDouble, WidgetDecoy: true},
		"as the article has it":     {Escaping: standin.EscapeArticle, Deeplinks: standin.DeeplinksNone},
		"old":                       {HighestMinor: 3, NoV4: true, IgnoreState: true},
		"strict about states":       {IgnoreState: true, RunTwice: standin.Twice400, StopTwice: standin.Twice409, DeleteRunning: standin.Twice400},
		"sparing with words":        {DeleteNoContent: true, OwnerWithServer: true, Participants: standin.ShapeV4},
		"links need a token":        {ClientsNeedToken: true, BadTokenStatus: 401},
		"tokens of a few calls":     {TokenUses: 3, BadTokenStatus: 401},
		"tokens of another few":     {TokenUses: 2},
		"tokens of a second's life": {TokenLife: time.Second},
		"tokens without an end":     {TokenLife: -1},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := standIn(t, standin.Options{Switches: switches})
			keepContract(t, s)
		})
	}
}

// standIn starts a stand-in and a client of it.
func standIn(t *testing.T, o standin.Options) (subject, *standin.Server) {
	t.Helper()
	o.ClientID, o.ClientSecret = "0123456789abcdef0123456789abcdef01234567", "fedcba9876543210fedcba9876543210fedcba98"
	server := standin.New(o)
	listener := httptest.NewServer(server)
	client, err := trueconf.New(trueconf.Config{
		URL: listener.URL, ClientID: o.ClientID, ClientSecret: o.ClientSecret,
		PublicURLs: publicURLs(o.PublicURL),
	})
	require.NoError(t, err)
	t.Cleanup(func() {
		client.Close()
		require.NoError(t, server.Close())
		listener.Close()
	})
	return subject{client, "doctor1"}, server
}

func publicURLs(one string) []string {
	if one == "" {
		return nil
	}
	return []string{one}
}

func newRoomID() string { return "bs_contract_" + strings.ToLower(rand.Text()) }

// visit is the body of a consultation's room.
func (s subject) visit() trueconf.Conference {
	return trueconf.Conference{
		ID: newRoomID(), Topic: "Contract test", Owner: s.owner,
		MaxPodiums: 2, MaxParticipants: 2, AllowGuests: true, State: trueconf.Running, Tags: []string{contractTag},
		Rights: &trueconf.Rights{Guest: trueconf.CallRights(), User: trueconf.CallRights()},
	}
}

// room creates a room that is running and goes away with the test.
func (s subject) room(t *testing.T) trueconf.Conference {
	t.Helper()
	made, err := s.Create(t.Context(), s.visit())
	require.NoError(t, err)
	t.Cleanup(func() {
		ctx := context.Background() // the test's own has ended
		require.NoError(t, s.Stop(ctx, made.ID))
		require.NoError(t, s.Delete(ctx, made.ID))
	})
	state, err := s.Run(t.Context(), made.ID)
	require.NoError(t, err)
	require.Equal(t, trueconf.Running, state)
	return made
}

func keepContract(t *testing.T, s subject) {
	t.Run("life of a room", s.lifeOfARoom)
	t.Run("id taken", s.idTaken)
	t.Run("unknown room", s.unknownRoom)
	t.Run("unknown owner", s.unknownOwner)
	t.Run("list", s.list)
	t.Run("links", s.mintedLinks)
	t.Run("users", s.users)
	t.Run("ping and scopes", s.pingAndScopes)
	t.Run("offer", s.offer)
}

func (s subject) lifeOfARoom(t *testing.T) {
	ctx := t.Context()
	made := s.room(t)
	require.True(t, trueconf.SameUser(made.Owner, s.owner))
	require.Contains(t, made.Tags, contractTag)
	require.WithinDuration(t, time.Now(), made.CreatedAt, 10*time.Minute)

	state, err := s.Run(ctx, made.ID)
	require.NoError(t, err, "running already is a success")
	require.Equal(t, trueconf.Running, state)

	people, err := s.Participants(ctx, made.ID)
	require.NoError(t, err)
	require.Empty(t, people)

	require.NoError(t, s.Stop(ctx, made.ID))
	require.NoError(t, s.Stop(ctx, made.ID), "stopped already is a success")
	there, err := s.Conference(ctx, made.ID)
	require.NoError(t, err)
	require.Equal(t, trueconf.Stopped, there.State)

	require.NoError(t, s.Delete(ctx, made.ID))
	require.NoError(t, s.Delete(ctx, made.ID), "deleted already is a success")
	_, err = s.Conference(ctx, made.ID)
	require.Equal(t, trueconf.NotFound, trueconf.KindOf(err))
}

func (s subject) idTaken(t *testing.T) {
	made := s.room(t)
	again := s.visit()
	again.ID = made.ID
	_, err := s.Create(t.Context(), again)
	require.Equal(t, trueconf.Duplicate, trueconf.KindOf(err), err)
	require.NotContains(t, err.Error(), made.ID)
}

func (s subject) unknownRoom(t *testing.T) {
	ctx, id := t.Context(), newRoomID()
	_, err := s.Run(ctx, id)
	require.Equal(t, trueconf.NotFound, trueconf.KindOf(err), err)
	_, err = s.Participants(ctx, id)
	require.Equal(t, trueconf.NotFound, trueconf.KindOf(err), err)
	_, err = s.JoinLink(ctx, id, trueconf.GuestNamed("Ann"), "en")
	require.Error(t, err)
	require.NotContains(t, err.Error(), id)
	require.NoError(t, s.Stop(ctx, id))
	require.NoError(t, s.Delete(ctx, id))
}

func (s subject) unknownOwner(t *testing.T) {
	conf := s.visit()
	conf.Owner = "nobody_" + strings.ToLower(rand.Text()[:10])
	_, err := s.Create(t.Context(), conf)
	require.Equal(t, trueconf.NoOwner, trueconf.KindOf(err), err)
}

func (s subject) list(t *testing.T) {
	made := s.room(t)
	list, err := s.Conferences(t.Context(), trueconf.Filter{Tag: contractTag})
	require.NoError(t, err)
	found := false
	for _, c := range list {
		found = found || c.ID == made.ID
	}
	require.True(t, found)
	list, err = s.Conferences(t.Context(), trueconf.Filter{Tag: "no_such_tag_" + rand.Text()})
	require.NoError(t, err)
	require.Empty(t, list)
}

func (s subject) mintedLinks(t *testing.T) {
	made := s.room(t)
	first, err := s.JoinLink(t.Context(), made.ID, trueconf.GuestWithID("p_1", "Ann Lee"), "en")
	require.NoError(t, err)
	require.True(t, trueconf.SameGuest(first.GuestLogin, "p_1"))
	require.Contains(t, first.WebURL, "/webrtc/"+made.ID+"#")
	require.Equal(t, trueconf.LinkLife, first.ExpiresAt.Sub(first.MintedAt))

	second, err := s.JoinLink(t.Context(), made.ID, trueconf.GuestWithID("p_1", "Ann Lee"), "en")
	require.NoError(t, err)
	require.NotEqual(t, first.WebURL, second.WebURL)

	named, err := s.JoinLink(t.Context(), made.ID, trueconf.GuestNamed("Ännchen O'Lee & Søn"), "ru")
	require.NoError(t, err)
	require.NotEmpty(t, named.GuestLogin)
}

func (s subject) users(t *testing.T) {
	for _, id := range []string{s.owner, s.owner + "@" + "video.example"} {
		user, err := s.User(t.Context(), id)
		require.NoError(t, err)
		require.True(t, trueconf.SameUser(user.ID, s.owner))
	}
	_, err := s.User(t.Context(), "nobody_"+strings.ToLower(rand.Text()[:10]))
	require.Equal(t, trueconf.NotFound, trueconf.KindOf(err), err)
}

func (s subject) pingAndScopes(t *testing.T) {
	require.NoError(t, s.Ping(t.Context()))
	held, err := s.Granted(t.Context())
	require.NoError(t, err)
	if len(held) > 0 { // a server may name none
		require.True(t, trueconf.Covers(held, "conferences:write"), held)
	}
}

func (s subject) offer(t *testing.T) {
	made := s.room(t)
	offer, err := s.Offer(t.Context(), made.ID)
	require.NoError(t, err)
	require.True(t, offer.Web)
	id := newRoomID()
	_, err = s.Offer(t.Context(), id)
	require.Error(t, err)
	require.NotContains(t, err.Error(), id)
}
