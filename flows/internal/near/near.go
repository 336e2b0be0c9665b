// Package near finds the name that somebody probably meant.
package near

// Name returns the candidate nearest to word, or "" where none is near
// enough: at most one change for every three letters, counted as edits with
// swapped neighbours as one. Among equals the first wins.
func Name(word string, candidates []string) string {
	best, least := "", limit(word)+1
	for _, c := range candidates {
		if d := distance([]rune(word), []rune(c), least); d < least {
			best, least = c, d
		}
	}
	return best
}

// Hint writes ", did you mean X?" or nothing, to be put behind a problem.
func Hint(word string, candidates []string) string {
	if n := Name(word, candidates); n != "" {
		return "did you mean `" + n + "`?"
	}
	return ""
}

func limit(word string) int { return max(1, len([]rune(word))/3) }

// distance is the optimal string alignment distance, or bound when it is not
// smaller: very different lengths are settled without looking.
func distance(a, b []rune, bound int) int {
	if len(a)-len(b) >= bound || len(b)-len(a) >= bound {
		return bound
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
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
		before, last, row = last, row, before
	}
	return min(last[len(b)], bound)
}
