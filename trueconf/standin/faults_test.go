package standin_test

import (
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/trueconf/standin"
)

// Every documented fault takes a value of its documented form and changes
// something; together they reach every switch.
func TestEveryFaultIsDocumentedAndChangesASwitch(t *testing.T) {
	touched := map[string]bool{}
	for _, f := range standin.Faults() {
		require.NotEmpty(t, f.Does, f.Name)
		for _, value := range values(f.Value) {
			text := strings.TrimSuffix(f.Name+"="+value, "=")
			change, err := standin.ParseFault(text)
			require.NoError(t, err, text)
			var w standin.Switches
			change(&w)
			v := reflect.ValueOf(w)
			changed := 0
			for i := range v.NumField() {
				if !v.Field(i).IsZero() {
					touched[v.Type().Field(i).Name] = true
					changed++
				}
			}
			require.Equal(t, 1, changed, text)
		}
	}
	for field := range reflect.TypeFor[standin.Switches]().Fields() {
		require.True(t, touched[field.Name], "no fault reaches %s", field.Name)
	}
}

// values are samples of a documented form.
func values(form string) []string {
	switch form {
	case "":
		return []string{""}
	case "N":
		return []string{"1", "9"}
	case "DURATION":
		return []string{"5s", "1h"}
	case "[TIMES]":
		return []string{"", "2"}
	case "[ENDPOINT][:TIMES]":
		return []string{"", "create", "create:1", "3"}
	case "[ENDPOINT:]DURATION[:TIMES]":
		return []string{"5s", "create:15s", "participants:1m:2"}
	default:
		return strings.Split(form, "|")
	}
}

func TestFaultsThatAreNot(t *testing.T) {
	for text, says := range map[string]string{
		"":                   "known are",
		"moon":               "known are: latency",
		"escaping=loud":      "plain|unicode",
		"escaping":           "is not one of its values",
		"loose_types=1":      "takes no value",
		"link_life=soon":     "no duration",
		"highest_minor=0":    "from 1 to 99",
		"guest_seats=-1":     "number of seats",
		"ghost=-5s":          "no duration",
		"bad_token=402":      "neither",
		"latency=create":     "no duration",
		"error_500=moon":     "no endpoint (token create",
		"error_500=create:0": "no endpoint",
		"lost=5s":            "no endpoint",
	} {
		_, err := standin.ParseFault(text)
		require.ErrorContains(t, err, says, text)
	}
}

func TestZeroSeatsAndZeroGhostCanBeAsked(t *testing.T) {
	a := serve(t, standin.Options{}).login()
	for _, text := range []string{"guest_seats=0", "ghost=0s"} {
		change, err := standin.ParseFault(text)
		require.NoError(t, err)
		a.srv.SetSwitches(change)
	}
	_, err := a.srv.Enter(a.link(a.room(""), "$Ann"))
	require.ErrorIs(t, err, standin.ReasonNoSeat)
}

func TestFrontPageSaysWhatItIs(t *testing.T) {
	a := serve(t, standin.Options{})
	res, err := http.Get(a.base + "/")
	require.NoError(t, err)
	status, page := read(t, res)
	require.Equal(t, 200, status)
	require.Contains(t, page, "This is not a TrueConf Server")
	require.Contains(t, page, `<a href="/doctor/doctor1">Doctor One</a>`)
	for _, f := range standin.Faults() {
		require.Contains(t, page, "<code>"+f.Name+"</code>")
	}
	res, err = http.Get(a.base + "/vsstatus")
	require.NoError(t, err)
	_, page = read(t, res)
	require.Contains(t, page, "TrueConf Server 5.")
}
