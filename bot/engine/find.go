package engine

import (
	"context"

	"bedside/bot"
)

// FindRequest asks for conversations by the patient's name: each word begins one
// of the name's, whatever the case, the accents, ё or е.
type FindRequest struct {
	Words string
	Limit int // below 1 or above 100 is 100
}

// findLook is how many heads of one list a search looks at: with a longer word
// fewer begin so.
const findLook = 2000

// Find gives the heads that the staff member may list and whose patient's name
// fits: what they have, the queues of their departments, then what they have had,
// the last first. An admin finds what is open. more says that there are more than
// are given. A search without a letter finds nothing; a role without lists is a
// Refusal forbidden.
func (e *Engine) Find(ctx context.Context, a bot.Actor, r FindRequest) (rows []HeadRow, more bool, err error) {
	words := bot.FindWords(r.Words)
	lists, err := listsToFind(a, words)
	if err != nil || len(words) == 0 {
		return nil, false, err
	}
	if r.Limit < 1 || r.Limit > listPage {
		r.Limit = listPage
	}
	seen := map[string]bool{}
	for _, list := range lists {
		if more {
			break
		}
		err := e.search(ctx, list, func(row HeadRow) bool {
			if !seen[row.ID] && bot.Found(row.Patient, words) {
				if more = len(rows) == r.Limit; more {
					return false
				}
				seen[row.ID] = true
				rows = append(rows, row)
			}
			return true
		})
		if err != nil {
			return nil, false, e.unavailable("find a conversation", err)
		}
	}
	return rows, more, nil
}

// listsToFind is where the staff member may look. Every list in it holds only
// what they may list anyway.
func listsToFind(a bot.Actor, words []string) ([]string, error) {
	own, err := listsOf(a, "")
	if err != nil || len(words) == 0 {
		return nil, err
	}
	longest := words[0]
	for _, w := range words[1:] {
		if len(w) > len(longest) {
			longest = w
		}
	}
	start := bot.FindStart(longest)
	if a.Role == bot.Admin {
		return []string{bot.ListFound(start)}, nil
	}
	return append(own, bot.ListFoundBy(a.Login, start)), nil
}

// search shows the heads of a list until it is told to stop or has shown enough.
func (e *Engine) search(ctx context.Context, list string, show func(HeadRow) bool) error {
	cursor := ""
	for looked := 0; looked < findLook; looked += listPage {
		heads, next, err := e.store.List(ctx, list, cursor, listPage)
		if err != nil {
			return err
		}
		for _, row := range e.appendRows(nil, heads) {
			if !show(row) {
				return nil
			}
		}
		if cursor = next; cursor == "" {
			return nil
		}
	}
	return nil
}
