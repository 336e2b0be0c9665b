package flows

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/flows/language"
)

// The table from which the reference and the schema are made has the keys that
// the reader takes, no more and no fewer.
func TestTheTableIsTheLanguage(t *testing.T) {
	table := map[string][]string{}
	for _, m := range language.Table() {
		for _, k := range m.Keys {
			table[m.Name] = append(table[m.Name], k.Name)
		}
	}
	want := map[string][]string{
		"file": fileKeys, "clinic": clinicKeys, "emergency": emergencyKeys, "department": departmentKeys,
		"consent document": consentKeys, "rung": rungKeys, "reminder": reminderKeys, "door": doorKeys,
		"button": dialKeys, "slot": slices.Concat(slotKeys, typeKeys()), "booking": bookingKeys,
		"option": slices.Concat(chooseKeys, optionKeys),
	}
	for _, v := range verbKinds() {
		want[v.name] = append([]string{v.name}, v.keys...)
	}
	for name, keys := range want {
		require.ElementsMatch(t, slices.Compact(slices.Sorted(slices.Values(keys))), table[name], name)
	}
	for name := range table {
		if !slices.Contains([]string{"step", "hours"}, name) {
			require.Contains(t, want, name, "a mapping that the reader does not know")
		}
	}
}
