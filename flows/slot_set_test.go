package flows

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestSlotSets compares the sets with maps.
func TestSlotSets(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		slots := rapid.SliceOfN(rapid.IntRange(0, 200), 0, 20)
		a, b := slots.Draw(rt, "a"), slots.Draw(rt, "b")
		s, inA := setOf(a)
		u, inB := setOf(b)
		for i := range 260 {
			require.Equal(rt, inA[i] && inB[i], s.and(u).has(i))
			require.Equal(rt, inA[i] || inB[i], s.or(u).has(i))
			require.Equal(rt, inA[i] && !inB[i], s.without(u).has(i))
			require.Equal(rt, inA[i], s.has(i), "operations leave their operands alone")
		}
		require.True(rt, s.and(everything(201)).equal(s))
		require.True(rt, s.or(nil).equal(s))
		require.Equal(rt, s.without(u).equal(s), s.and(u).equal(slotSet{}))
	})
}

func setOf(slots []int) (slotSet, map[int]bool) {
	s, in := slotSet{}, map[int]bool{}
	for _, i := range slots {
		s, in[i] = s.with(i), true
	}
	return s, in
}
