// Package near finds the name that somebody probably meant.
package near

import "slices"

// Name returns the candidate nearest to word, or "" where none is near
// enough: at most one change for every three letters, counted as edits with
// swapped neighbours as one. Among equals the first wins. A candidate that
// looks the same is nearest of all.
func Name(word string, candidates []string) string {
	if c := twin(word, candidates); c != "" {
		return c
	}
	best, least := "", limit(word)+1
	letters := []rune(word)
	for _, c := range candidates {
		if len(c) > 4*len(letters)+4*least {
			continue
		}
		if d := distance(letters, []rune(c), least); d < least {
			best, least = c, d
		}
	}
	return best
}

// Hint writes "did you mean X?" or nothing, to be put behind a problem. Of a
// word that only looks like a candidate it names the letter.
func Hint(word string, candidates []string) string {
	if c := twin(word, candidates); c != "" {
		if letter, alphabet := Foreign(word); alphabet != "" {
			return "its `" + letter + "` is a " + alphabet + " letter: write `" + c + "` with Latin letters alone"
		}
	}
	if n := Name(word, candidates); n != "" {
		return "did you mean `" + n + "`?"
	}
	return ""
}

// longest is more than any name has.
const longest = 64

func limit(word string) int { return max(1, len([]rune(word))/3) }

// distance is the optimal string alignment distance, or bound when it is not
// smaller: very different lengths are settled without looking.
func distance(a, b []rune, bound int) int {
	if len(a)-len(b) >= bound || len(b)-len(a) >= bound {
		return bound
	}
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(b) >= longest {
		return bound
	}
	var rows [3][longest + 1]int
	before, last, row := rows[0][:len(b)+1], rows[1][:len(b)+1], rows[2][:len(b)+1]
	for j := range last {
		last[j] = j
	}
	for i := range a {
		row[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		if slices.Min(row) >= bound && slices.Min(last) >= bound {
			return bound
		}
		before, last, row = last, row, before
	}
	return min(last[len(b)], bound)
}
