package words_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/flows/internal/words"
)

// TestNoLanguageHasAHole looks at every field of every language.
func TestNoLanguageHasAHole(t *testing.T) {
	for _, w := range words.All() {
		v := reflect.ValueOf(w).Elem()
		for i := range v.NumField() {
			require.False(t, v.Field(i).IsZero(), "%s: %s", w.Yes, v.Type().Field(i).Name)
		}
		day := time.Date(1958, 3, 7, 0, 0, 0, 0, time.UTC)
		for _, s := range []string{w.TooShort(2), w.TooLong(2), w.Below(2), w.Above(2), w.TooEarly(day), w.TooLate(day)} {
			require.NotContains(t, s, "%!")
			require.True(t, strings.Contains(s, "2") || strings.Contains(s, "1958"), s)
		}
		for i, name := range w.Months {
			require.NotEmpty(t, name)
			require.NotEmpty(t, w.MonthsTyped[i])
		}
	}
}

func TestLanguages(t *testing.T) {
	require.Equal(t, "Да", words.In("ru-RU").Yes)
	require.Equal(t, "Yes", words.In("de").Yes)
	require.Equal(t, "Yes", words.In("").Yes)
	require.Equal(t, "3,25", words.In("ru").Number(3.25))
	require.Equal(t, "100000", words.In("en").Number(1e5))
	require.Equal(t, "7 марта 1958", words.In("ru").Date(time.Date(1958, 3, 7, 0, 0, 0, 0, time.UTC)))
}
