package web_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"bedside/bot"
	"bedside/web"
	"bedside/web/wire"

	"github.com/stretchr/testify/require"
)

var versions = wire.Flows{
	Served:  wire.FlowVersion{Number: 2, Hash: "abc", At: time.Unix(1_800_000_000, 0).UTC(), By: "anton", How: "console", Note: "why"},
	History: []wire.FlowVersion{{Number: 2, Hash: "abc", How: "console"}, {Number: 1, Hash: "def", How: "start"}},
	Planned: &wire.FlowPlan{At: time.Unix(1_900_000_000, 0).UTC(), By: "anton"}, Publish: "by_command",
	Files: wire.FlowFiles{State: "broken", Problems: []wire.FlowProblem{{File: "flow.yaml", Line: 1, Column: 1, Code: "missing-key", What: "no parts", Cure: "add them"}}},
	Open:  []wire.FlowOpen{{Number: 2, Hash: "abc", Open: 1}},
}

// Admins see and change the versions; nobody else does, and no page but the console's.
func TestFlowsAreForAdmins(t *testing.T) {
	var did []any
	refusal := error(nil)
	h := newHouse(t, func(o *web.Options) {
		o.Flows = web.Flows{
			State: func(context.Context) (wire.Flows, error) { return versions, nil },
			Publish: func(_ context.Context, by, note string) error {
				did = append(did, by, note)
				return refusal
			},
			RollBack: func(_ context.Context, by string, to int, note string) error {
				did = append(did, by, to, note)
				return refusal
			},
			Draw: func(_ context.Context, language string, dark bool) ([]byte, error) {
				require.True(t, dark)
				return []byte("<svg>" + language + "</svg>"), nil
			},
		}
	})
	anton := h.staff("anton")
	var got wire.Flows
	anton.call("GET", "/api/v1/flows", nil, http.StatusOK, &got)
	require.Equal(t, versions, got)
	anton.call("POST", "/api/v1/flows/publish", wire.PublishFlow{Note: "why"}, http.StatusOK, &got)
	anton.call("POST", "/api/v1/flows/rollback", wire.RollBackFlow{To: 1, Note: "back"}, http.StatusOK, &got)
	require.Equal(t, []any{"anton", "why", "anton", 1, "back"}, did)
	anton.call("POST", "/api/v1/flows/rollback", wire.RollBackFlow{}, http.StatusBadRequest, nil)

	refusal = &bot.Refusal{Code: bot.NotNow, Message: "This version has errors.", Detail: "flow.yaml:1:1"}
	var no wire.Problem
	anton.call("POST", "/api/v1/flows/publish", wire.PublishFlow{}, http.StatusConflict, &no)
	require.Equal(t, "flow.yaml:1:1", no.Cure)

	did = nil
	stranger := &person{h: h}
	for _, c := range []struct {
		who    *person
		status int
	}{{h.staff("vera"), 403}, {h.staff("rita"), 403}, {stranger, 401}, {h.patient(), 401}} {
		c.who.call("GET", "/api/v1/flows", nil, c.status, nil)
		c.who.call("GET", "/api/v1/flows/drawing", nil, c.status, nil)
		c.who.call("POST", "/api/v1/flows/publish", wire.PublishFlow{}, c.status, nil)
		c.who.call("POST", "/api/v1/flows/rollback", wire.RollBackFlow{To: 1}, c.status, nil)
	}
	anton.header = http.Header{"Origin": {"https://www.clinic.example"}, "Sec-Fetch-Site": {"same-site"}}
	anton.call("POST", "/api/v1/flows/publish", wire.PublishFlow{}, http.StatusForbidden, nil)
	require.Empty(t, did)
}

func TestAServerWithoutVersions(t *testing.T) {
	h := newHouse(t)
	h.staff("anton").call("GET", "/api/v1/flows", nil, http.StatusNotFound, nil)
}
