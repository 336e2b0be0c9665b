package check

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// toy is a check that ends when told to.
func toy(id string, find func(context.Context, *Run) Found, needs ...string) Check {
	return Check{
		ID: id, Title: Words{"en": id, "ru": id}, Needs: needs, Within: 10 * time.Second, find: find,
		Outcomes: []Outcome{{Code: "ok", Verdict: OK, Says: Words{"en": "ok"}}, {Code: "bad", Verdict: Failed, Says: Words{"en": "bad"}}},
	}
}

func answers(code string, after time.Duration) func(context.Context, *Run) Found {
	return func(ctx context.Context, _ *Run) Found {
		select {
		case <-time.After(after):
			return Found{Code: code}
		case <-ctx.Done():
			return Found{}
		}
	}
}

func TestChecksRunAtOnceAndAreToldInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		var told []string
		lines := Clinic{}.Run(t.Context(), []Check{
			toy("slow", answers("ok", 5*time.Second)), toy("quick", answers("ok", time.Second)),
			toy("after", answers("ok", time.Second), "quick"),
		}, func(l Line) { told = append(told, l.Check) })
		require.Equal(t, 5*time.Second, time.Since(began))
		require.Equal(t, []string{"slow", "quick", "after"}, told)
		require.Len(t, lines, 3)
		require.True(t, Good(lines))
	})
}

func TestWhatStandsOnAFailedCheckIsSkippedBecauseOfIt(t *testing.T) {
	bad := toy("trueconf.reachable", answers("bad", 0), "configuration")
	next := toy("trueconf.server", answers("ok", 0), "trueconf.reachable")
	third := toy("trueconf.credentials", answers("ok", 0), "trueconf.server")
	lines := Clinic{}.Run(t.Context(), []Check{third, next, bad}, nil)
	for _, l := range lines[:2] {
		require.Equal(t, Skipped, l.Verdict)
		require.Contains(t, l.Says["en"], "trueconf.reachable", "the first of the chain is named")
	}
	require.False(t, Good(lines))
}

func TestACheckThatTakesTooLongIsLateAndHoldsNobodyUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		lines := Clinic{}.Run(t.Context(), []Check{toy("stuck", answers("ok", time.Hour)), toy("well", answers("ok", 0))}, nil)
		require.Equal(t, 10*time.Second, time.Since(began))
		require.Equal(t, "late", lines[0].Code)
		require.Equal(t, "no result within 10s", lines[0].Says["en"])
		require.Equal(t, OK, lines[1].Verdict)
	})
}

func TestABrokenOffRunEndsSoon(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, stop)
		began := time.Now()
		lines := Clinic{}.Run(ctx, []Check{toy("stuck", answers("ok", time.Hour)), toy("next", answers("ok", 0), "stuck")}, nil)
		require.Equal(t, time.Second, time.Since(began))
		require.Equal(t, "stopped", lines[0].Code)
		require.Equal(t, Skipped, lines[1].Verdict)
	})
}

func TestAQuickRunLeavesOutWhatIsSlow(t *testing.T) {
	slow := toy("slow", answers("ok", 0))
	slow.Slow = true
	require.Equal(t, "quick", Clinic{Quick: true}.Run(t.Context(), []Check{slow}, nil)[0].Code)
	require.Equal(t, "ok", Clinic{}.Run(t.Context(), []Check{slow}, nil)[0].Code)
}

// What the list needs is in the list, before or behind, and has an order.
func TestTheListIsWhole(t *testing.T) {
	at := map[string]bool{}
	for _, k := range All() {
		require.False(t, at[k.ID], "%s stands twice", k.ID)
		at[k.ID] = true
		require.NotZero(t, k.Within, k.ID)
		require.NotZero(t, k.Every, k.ID)
		require.NotEmpty(t, k.Means, k.ID)
		for _, o := range append(k.Outcomes, general...) {
			for _, language := range Languages {
				require.NotEmpty(t, o.Says[language], "%s/%s in %s", k.ID, o.Code, language)
				if o.Verdict == Failed || o.Verdict == Warning {
					require.NotEmpty(t, o.Cure[language], "%s/%s has no cure in %s", k.ID, o.Code, language)
				}
			}
		}
	}
	for _, k := range All() {
		for _, id := range append(k.Needs, k.After...) {
			require.True(t, at[id], "%s needs %s, which is not there", k.ID, id)
		}
	}
}
