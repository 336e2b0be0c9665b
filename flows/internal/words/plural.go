package words

import (
	"fmt"
	"strings"
)

// Count is a thing that is counted, in the forms that a language has. Each
// holds %d.
type Count struct{ One, Few, Many string }

// of writes n of it.
func (w *Words) of(c Count, n int) string { return fmt.Sprintf(w.form(c, n), n) }

func englishForm(c Count, n int) string {
	if n == 1 {
		return c.One
	}
	return c.Many
}

// russianForm: 1, 21, 31 …; 2–4, 22–24 …; and the others, 11–14 among them.
func russianForm(c Count, n int) string {
	n = max(n, -n)
	switch {
	case n%10 == 1 && n%100 != 11:
		return c.One
	case n%10 >= 2 && n%10 <= 4 && (n%100 < 12 || n%100 > 14):
		return c.Few
	default:
		return c.Many
	}
}

// Files writes how many files an answer has.
func (w *Words) Files(n int) string { return w.of(w.files, n) }

// TooManyFiles says how many files are taken.
func (w *Words) TooManyFiles(most int) string { return fmt.Sprintf(w.tooManyFiles, w.Files(most)) }

// NotKind says which kinds of files are taken.
func (w *Words) NotKind(kinds []string) string { return fmt.Sprintf(w.notKind, w.kinds(kinds)) }

// NeedFiles asks for a file of these kinds.
func (w *Words) NeedFiles(kinds []string) string { return fmt.Sprintf(w.needFiles, w.kinds(kinds)) }

// TooLarge says how large a file may be, in bytes.
func (w *Words) TooLarge(most int64) string { return fmt.Sprintf(w.tooLarge, w.Size(most)) }

// Size writes a number of bytes in units that people know.
func (w *Words) Size(bytes int64) string {
	if bytes < 1<<20 {
		return w.Number(float64(bytes>>10)) + "\u00a0" + w.kilobytes
	}
	return w.Number(float64(bytes*10>>20)/10) + "\u00a0" + w.megabytes
}

func (w *Words) kinds(kinds []string) string {
	named := make([]string, len(kinds))
	for i, kind := range kinds {
		if named[i] = kind; w.kindNames[kind] != "" {
			named[i] = w.kindNames[kind]
		}
	}
	return strings.Join(named, ", ")
}
