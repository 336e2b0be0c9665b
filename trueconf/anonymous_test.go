package trueconf

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAnAnonymousClientAsksOnlyWhatAnybodyMay(t *testing.T) {
	f := newFake()
	f.answer("GET /api/v3.11/software/clients", 200, `{"clients":[{"type":"web","platform":"webrtc","web_url":"https:\/\/v.example\/webrtc\/1"},{"type":"standalone","platform":"ios","market_url":"https:\/\/apps.example\/1"}]}`)
	c := f.client(t, secretKey(""), func(c *Config) { c.Anonymous = true })
	offer, err := c.Offer(ctx, "1")
	require.NoError(t, err)
	require.Equal(t, Offer{Web: true, Apps: []App{{Platform: "ios", MarketURL: "https://apps.example/1"}}}, offer)
	require.Equal(t, Invalid, KindOf(c.Ping(ctx)))
	require.Equal(t, []string{"GET /api/v3.11/software/clients"}, f.requests(), "no token was asked for")

	_, err = New(Config{URL: "https://v.example", Anonymous: true, SecretKey: "k"})
	require.Equal(t, Invalid, KindOf(err))
}

func TestPingWantsAList(t *testing.T) {
	for body, kind := range map[string]Kind{
		`{"cnt":0,"conferences":[]}`: "", `{"conferences":{}}`: "",
		`{}`: Unexpected, `{"conferences":null}`: Unexpected, `<html>`: Unexpected,
	} {
		f := newFake()
		f.answer("GET /api/v3.11/conferences", 200, body)
		require.Equal(t, kind, KindOf(f.client(t).Ping(ctx)), body)
	}
}

func TestCovers(t *testing.T) {
	for _, v := range []struct {
		held, wanted string
		want         bool
	}{
		{"conferences", "conferences:read", true},
		{"conferences", "conferences.participants:read", true},
		{"conferences:read", "conferences:read", true},
		{"conferences:read", "conferences:write", false},
		{"conferences:read", "conferences.participants:read", false},
		{"conf", "conferences:read", false},
		{"users", "users:read", true},
		{"users.avatar", "users:read", false},
		{"", "users:read", false},
	} {
		require.Equal(t, v.want, Covers([]string{v.held}, v.wanted), "%q %q", v.held, v.wanted)
	}
	require.False(t, Covers(nil, "users:read"))
}
