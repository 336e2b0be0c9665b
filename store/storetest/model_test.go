package storetest_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"bedside/store"
	"bedside/store/storetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// The model has to pass what it is the reference of.
func TestModel(t *testing.T) {
	clock := storetest.NewClock()
	follow := func(t testing.TB, m *storetest.Model) store.Store {
		m.Now = clock.Now
		t.Cleanup(func() { require.NoError(t, m.Close()) })
		return m
	}
	storetest.Run(t,
		func(t testing.TB) store.Store { return follow(t, storetest.NewModel()) },
		storetest.Options{
			Clock: clock,
			Reopen: func(_ testing.TB, s store.Store) store.Store {
				s.(*storetest.Model).Restart()
				return s
			},
			Restore: func(t testing.TB, backup []byte) store.Store {
				m, err := storetest.RestoreModel(bytes.NewReader(backup))
				require.NoError(t, err)
				return follow(t, m)
			},
		})
}
