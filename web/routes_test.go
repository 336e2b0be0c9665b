package web

import (
	"net/http"
	"strings"
	"testing"

	"bedside/bot"
	"bedside/web/api"
	"bedside/web/wire"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

func TestEveryRouteIsDescribedAndTheOtherWayRound(t *testing.T) {
	raw, err := api.Read("openapi.yaml")
	require.NoError(t, err)
	var file struct {
		Paths map[string]map[string]any `yaml:"paths"`
	}
	require.NoError(t, yaml.Unmarshal(raw, &file))
	var described, built []string
	for path, operations := range file.Paths {
		for method := range operations {
			described = append(described, strings.ToUpper(method)+" "+path)
		}
	}
	for _, r := range (&Server{}).routes() {
		built = append(built, r.method+" "+r.path)
	}
	require.ElementsMatch(t, described, built)
}

func TestEveryCodeHasAStatus(t *testing.T) {
	for _, code := range wire.Words["Code"] {
		status := statuses[bot.Code(code)]
		require.NotZero(t, status, code)
		require.NotEmpty(t, http.StatusText(status))
	}
	require.Len(t, statuses, len(wire.Words["Code"]))
}

// closes are the close codes of refusals that end a socket, by what the client is to
// do then; 0: a refused frame says it, and the socket goes on.
var closes = map[bot.Code]int{
	bot.Unavailable:  wire.CloseUnavailable, // come back
	bot.TooMany:      wire.CloseTooFast,     // come back after n seconds
	bot.Unauthorized: wire.CloseCredential,  // sign in
	bot.Malformed:    wire.CloseMalformed,   // never
	bot.Forbidden:    wire.CloseForbidden,
	bot.TooLarge:     wire.CloseTooLarge,

	bot.Unknown: 0, bot.Taken: 0, bot.Overtaken: 0, bot.NotNow: 0, bot.ClosedCode: 0, bot.NoCall: 0, bot.CallOver: 0,
	bot.CallNotReady: 0, bot.RoomFull: 0, bot.NoGuestSeat: 0, bot.Elsewhere: 0, bot.Ghost: 0, bot.NeverFits: 0,
	bot.Invalid: 0, bot.FileType: 0, bot.FileBroken: 0, bot.FilesFull: 0, bot.Gone: 0, bot.IdentityExpired: 0, bot.IdentityRefused: 0,
	bot.TooEarly: 0, bot.SlotTaken: 0, bot.OpenConversations: 0,
}

// TestACloseSaysWhatItsStatusSays: over HTTP and over the socket a client is told the
// same thing to do.
func TestACloseSaysWhatItsStatusSays(t *testing.T) {
	require.Len(t, closes, len(wire.Words["Code"]))
	for _, word := range wire.Words["Code"] {
		code := bot.Code(word)
		close, known := closes[code]
		require.True(t, known, "%s: does it end a socket?", code)
		if close == 0 {
			require.Less(t, statuses[code], 500, "%s passes by itself", code)
			continue
		}
		switch status := statuses[code]; {
		case status >= 500:
			require.Equal(t, 400, close/10, code)
		case status == http.StatusTooManyRequests:
			require.Equal(t, 401, close/10, code)
		case status == http.StatusUnauthorized:
			require.Equal(t, 402, close/10, code)
		default:
			require.Equal(t, 403, close/10, code)
		}
	}
}

func TestEveryCommandOfTheWireKnowsItsFields(t *testing.T) {
	for do, fields := range wire.Fields {
		full := wire.Command{Key: "k", Do: do, Text: "x", Step: "x", Option: "x", Options: []string{"x"},
			How: bot.ByApp, To: "x", Outcome: "x", Reason: "x", Language: "x"}
		require.Error(t, checkCommand(full), do)
		require.NoError(t, checkCommand(only(full, fields)), do)
	}
	for _, do := range []bot.Do{bot.DoStart, bot.DoWake, bot.DoMade, bot.DoRemoved, bot.DoJoin, bot.DoRead, "", "fly"} {
		require.Error(t, checkCommand(wire.Command{Key: "k", Do: do}), do)
	}
}

// only keeps the named fields of a command.
func only(c wire.Command, fields []string) wire.Command {
	out := wire.Command{Key: c.Key, Do: c.Do}
	for _, name := range fields {
		switch name {
		case "text":
			out.Text = c.Text
		case "step":
			out.Step = c.Step
		case "option":
			out.Option = c.Option
		case "options":
			out.Options = c.Options
		case "how":
			out.How = c.How
		case "to":
			out.To = c.To
		case "outcome":
			out.Outcome = c.Outcome
		case "reason":
			out.Reason = c.Reason
		case "language":
			out.Language = c.Language
		}
	}
	return out
}
