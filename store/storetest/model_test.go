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
	open, opts := models()
	storetest.Run(t, open, opts)
}

// And it forgets nothing in a restart.
func TestModelRandomly(t *testing.T) {
	open, opts := models()
	storetest.RunRandom(t, open, opts)
}

func models() (func(testing.TB) store.Store, storetest.Options) {
	clock := storetest.NewClock()
	follow := func(t testing.TB, m *storetest.Model) store.Store {
		m.Now = clock.Now
		t.Cleanup(func() { require.NoError(t, m.Close()) })
		return m
	}
	open := func(t testing.TB) store.Store { return follow(t, storetest.NewModel()) }
	return open, storetest.Options{
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
	}
}
