package main

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"bedside/cmd/bedside/config"
)

// staffed is what a staff command says, and its exit code.
func (v *town) staffed(args ...string) (said string, code int) {
	v.t.Helper()
	code, said = command(v.t, append([]string{"staff"}, append(args, "-c", v.file)...)...)
	return said, code
}

// A doctor who is disabled is out at once, everywhere and for good: the console is
// closed, the session over, the patient back in the queue, whatever is restarted or
// reloaded; and so where no server runs.
func TestADoctorWhoIsDisabledIsOutAtOnce(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	t.Run("town", disabledIsOut)
}

func disabledIsOut(t *testing.T) {
	v := newTown(t, nil)
	v.start()
	defer http.DefaultClient.CloseIdleConnections()
	base := v.base("http", v.app.at.public)
	boris, patient := newPerson(t, base), newPerson(t, base)
	defer boris.http.CloseIdleConnections()
	defer patient.http.CloseIdleConnections()
	boris.signIn("boris", townPassword)
	boris.connect()
	patient.start()
	patient.answerAll()
	boris.id = patient.id
	boris.do(fields{"do": "claim"})

	said, code := v.staffed("disable", "nobody")
	require.Equal(t, exitUsage, code)
	require.Contains(t, said, "nobody of "+v.file+" signs in as nobody; bedside staff list")
	said, code = v.staffed("disable", "Boris")
	require.Equal(t, exitDone, code, said)
	require.Contains(t, said, "boris is disabled and signed out.")
	require.Equal(t, http.StatusUnauthorized, boris.call("GET", "/api/v1/session", nil, nil), "at once")
	require.Equal(t, 4020, closeCode(boris, 10*time.Second))
	patient.await("doctor.released")
	signIn := fields{"login": "boris", "password": townPassword}
	require.Equal(t, http.StatusUnauthorized, newPersonOnce(t, base, "POST", "/api/v1/session", signIn))
	said, code = v.staffed("list")
	require.Equal(t, exitDone, code)
	require.Regexp(t, `boris +doctor .* disabled`, said)
	require.Regexp(t, `anna +doctor .*\n`, said)

	said, code = v.reload()
	require.Equal(t, exitDone, code, said)
	require.Equal(t, http.StatusUnauthorized, newPersonOnce(t, base, "POST", "/api/v1/session", signIn), "a reload lets nobody in")
	v.stop()
	v.start()
	base = v.base("http", v.app.at.public)
	require.Equal(t, http.StatusUnauthorized, newPersonOnce(t, base, "POST", "/api/v1/session", signIn), "nor a restart")

	said, code = v.staffed("enable", "boris")
	require.Equal(t, exitDone, code, said)
	require.Equal(t, http.StatusNoContent, newPersonOnce(t, base, "POST", "/api/v1/session", signIn))
	boris.base = base
	require.Equal(t, http.StatusUnauthorized, boris.call("GET", "/api/v1/session", nil, nil), "the old session stays over")

	v.stop()
	said, code = v.staffed("disable", "boris")
	require.Equal(t, exitDone, code, said)
	said, _ = v.staffed("list")
	require.Regexp(t, `boris +doctor .* disabled`, said)
	v.start()
	base = v.base("http", v.app.at.public)
	require.Equal(t, http.StatusUnauthorized, newPersonOnce(t, base, "POST", "/api/v1/session", signIn))
}

// newPersonOnce is one call of somebody who was never there before.
func newPersonOnce(t *testing.T, base, method, path string, in any) int {
	t.Helper()
	p := newPerson(t, base)
	defer p.http.CloseIdleConnections()
	return p.call(method, path, in, nil)
}

// What the configuration calls by a name that no flow has is said at once, and with
// what to do: a consent that nobody is asked for would let nothing be recorded, without
// a word.
func TestNamesThatNoFlowHasAreSaidAtOnce(t *testing.T) {
	v := newTown(t, nil)
	v.write(map[string]string{"staff": strings.ReplaceAll(v.staff("anna", "boris"), "role: doctor", "role: doctor, hours: nights")})
	r, err := config.Read(v.file)
	require.NoError(t, err)
	r.Config.Staff[1].Departments = []string{"nowhere"}
	r.Config.TrueConf.Recording.Consent = "nobodys"
	_, err = newSetting(r)
	require.ErrorContains(t, err, `staff anna: no flow has `+"`hours`"+` named "nights"`)
	require.ErrorContains(t, err, `staff boris: no flow has `+"`hours`"+` named "nights"`)
	require.ErrorContains(t, err, `staff boris: no flow has a department "nowhere"; the flows have `)
	require.ErrorContains(t, err, `trueconf.recording.consent: no flow has a consent "nobodys"; nobody could agree to it`)
}

// Hours that the flow does not have would offer a doctor's appointments at no time.
func TestHoursOfADoctorAreThoseOfAFlow(t *testing.T) {
	v := newTown(t, nil)
	for hours, sound := range map[string]bool{"": true, "always": true, "nights": false} {
		v.write(map[string]string{"staff": strings.ReplaceAll(v.staff("anna"), "role: doctor", "role: doctor, capacity: 2, hours: "+strconv.Quote(hours))})
		r, err := config.Read(v.file)
		require.NoError(t, err)
		set, err := newSetting(r)
		if !sound {
			require.ErrorContains(t, err, `staff anna: no flow has `+"`hours`"+` named "nights"; write one of those`)
			continue
		}
		require.NoError(t, err)
		require.Equal(t, 2, set.actors["anna"].Most())
	}
}
