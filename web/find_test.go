package web_test

import (
	"strings"
	"testing"

	"bedside/bot"
	"bedside/web/wire"

	"github.com/stretchr/testify/require"
)

func (p *person) finds(words string) (names []string) {
	p.h.t.Helper()
	var out wire.Found
	p.call("POST", "/api/v1/conversations/find", wire.Find{Words: words}, 200, &out)
	for _, head := range out.Heads {
		names = append(names, head.Patient)
	}
	return names
}

func TestASearchStandsInNoLogAndAsksForASession(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p := h.patient()
	h.staff("vera").with(p).do(wire.Command{Do: bot.DoClaim})
	require.Equal(t, []string{"Anna Lee"}, h.staff("vera").finds("LEE"))
	require.Empty(t, h.staff("rita").finds("LEE"), "neither hers nor her department's")
	require.Equal(t, []string{"Anna Lee"}, h.staff("anton").finds("anna"), "an admin finds what is open")
	require.NotContains(t, strings.ToLower(h.log.String()), "lee")

	p.refused("POST", "/api/v1/conversations/find", wire.Find{Words: "anna"}, 401, bot.Unauthorized)
	(&person{h: h}).refused("POST", "/api/v1/conversations/find", wire.Find{Words: "anna"}, 401, bot.Unauthorized)
	vera := h.staff("vera")
	vera.refused("POST", "/api/v1/conversations/find", wire.Find{Words: strings.Repeat("x", 201)}, 400, bot.Malformed)
	vera.refused("POST", "/api/v1/conversations/find?words=anna", map[string]string{"name": "anna"}, 400, bot.Malformed)
	require.Empty(t, vera.finds("  ., "))
}

func TestWhetherTheDoctorsAppIsThere(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	state := func(login string) string {
		var out wire.DoctorApp
		h.staff(login).call("GET", "/api/v1/session/app", nil, 200, &out)
		return out.State
	}
	require.Equal(t, "online", state("oleg"))
	require.True(t, h.tc.SetUserStatus("doctor1", 2))
	require.Equal(t, "online", state("oleg"), "asked once for a while")
	require.Equal(t, "unknown", state("vera"), "who has none has none")
	(&person{h: h}).refused("GET", "/api/v1/session/app", nil, 401, bot.Unauthorized)
}
