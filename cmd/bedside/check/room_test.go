package check_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/cmd/bedside/check"
)

// A run that is broken off while its room stands removes it all the same.
func TestTheRoomIsRemovedAlsoFromABrokenOffRun(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	w := newTown(t, func(w *town) {
		w.front = http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "/software/clients") {
				require.Len(t, w.tc.Rooms(), 1)
				stop()
			}
			w.tc.ServeHTTP(rw, r)
		})
	})
	lines := w.clinic.Run(ctx, check.All(), nil)
	require.Error(t, ctx.Err())
	require.Contains(t, []string{"stopped", "because"}, codes(lines)["room.frame"])
	require.Empty(t, w.tc.Rooms())
}

// The room has the installation's marks, so that its sweep finds what a crash
// leaves, rings nobody, and says nothing of anybody.
func TestTheRoomIsOneOfTheInstallations(t *testing.T) {
	made := 0
	w := newTown(t, func(w *town) {
		w.front = http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			w.tc.ServeHTTP(rw, r)
			if r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/conferences") {
				made++
				room := w.tc.Rooms()[0]
				require.True(t, strings.HasPrefix(room.ID, "bs_test1234_"), room.ID)
				require.Equal(t, []string{"bedside_test1234"}, room.Tags)
				require.Equal(t, "bedside", room.Owner)
				require.Empty(t, room.Invited)
			}
		})
	})
	require.Equal(t, "ok", codes(w.clinic.Run(t.Context(), check.All(), nil))["room.removed"])
	require.Equal(t, 1, made)
	require.Empty(t, w.tc.Rings())

	w.clinic.Installation = ""
	w.front = w.tc
	require.Equal(t, "ok", codes(w.clinic.Run(t.Context(), check.All(), nil))["room.removed"])
}
