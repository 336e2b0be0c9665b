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

func TestEveryCommandOfTheWireKnowsItsFields(t *testing.T) {
	for do, fields := range wire.Fields {
		full := wire.Command{Key: "k", Do: do, Text: "x", Step: "x", Option: "x", Options: []string{"x"},
			How: bot.ByApp, To: "x", Outcome: "x", Reason: "x"}
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
		}
	}
	return out
}
