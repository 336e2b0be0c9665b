package engine

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"bedside/bot"
	"bedside/store"
)

// Heads is a page of a list as its staff member may see it, by rank. The list ""
// is everything of theirs: what they have now, then the queues of their
// departments, then their call-backs and their appointments; what stands in several of these comes once. The cursor is "" at first and next thereafter, which is "" at the
// end. A list that is not theirs is a Refusal forbidden.
func (e *Engine) Heads(ctx context.Context, a bot.Actor, list, cursor string, limit int) ([]HeadRow, string, error) {
	lists, err := listsOf(a, list)
	if err != nil {
		return nil, "", err
	}
	if limit < 1 || limit > listPage {
		limit = listPage
	}
	at, inner, err := parseCursor(cursor, len(lists))
	if err != nil {
		return nil, "", err
	}
	var rows []HeadRow
	for ; at < len(lists); at++ {
		heads, next, err := e.store.List(ctx, lists[at], inner, limit-len(rows))
		if err != nil {
			return nil, "", e.unavailable("read a list", err)
		}
		rows = e.appendRows(rows, notIn(lists[:at], heads))
		if next != "" {
			return rows, formatCursor(at, next), nil
		}
		inner = ""
		if len(rows) >= limit && at+1 < len(lists) {
			return rows, formatCursor(at+1, ""), nil
		}
	}
	return rows, "", nil
}

// OwnLists are the lists that make up a staff member's console: what Heads reads for
// the list "", and what wakes a console when it changes.
func OwnLists(a bot.Actor) []string {
	own, err := listsOf(a, "")
	if err != nil {
		return nil
	}
	return own
}

// listsOf is the one table of who may read which lists.
func listsOf(a bot.Actor, list string) ([]string, error) {
	var own []string
	switch a.Role {
	case bot.Doctor:
		own = []string{bot.ListDoctor(a.Login), bot.ListRung(a.Login)}
	case bot.Admin:
		if adminsList(list) {
			return []string{list}, nil
		}
	default:
		return nil, notYourList()
	}
	for _, department := range a.Departments {
		own = append(own, bot.ListWaiting(department))
	}
	for _, department := range a.Departments {
		own = append(own, bot.ListCallbacks(department))
	}
	if a.Role == bot.Doctor {
		own = append(own, bot.ListAgenda(a.Login))
	}
	switch department, booked := strings.CutPrefix(list, bot.ListBookings("")); {
	case list == "":
		return own, nil
	case slices.Contains(own, list), a.Role == bot.Doctor && list == bot.ListHad(a.Login), booked && a.Serves(department):
		return []string{list}, nil
	}
	return nil, notYourList()
}

// adminsList reports whether a list is one of everybody's, which admins may read.
func adminsList(list string) bool {
	for _, prefix := range []string{bot.ListWaiting(""), bot.ListCallbacks(""), bot.ListBookings(""), bot.ListAgenda("")} {
		if strings.HasPrefix(list, prefix) {
			return true
		}
	}
	return list == bot.ListOpen || list == bot.ListCalls || list == bot.ListAllBookings
}

// notIn leaves out the heads that stand in one of the lists as well.
func notIn(lists []string, heads []store.Head) []store.Head {
	return slices.DeleteFunc(slices.Clone(heads), func(h store.Head) bool {
		return slices.ContainsFunc(h.Lists, func(t store.Term) bool { return slices.Contains(lists, t.List) })
	})
}

func notYourList() error {
	return &bot.Refusal{Code: bot.Forbidden, Message: "that list is not yours to read"}
}

// appendRows adds what the heads say. One that cannot be read is missing in the
// list, and the others are not.
func (e *Engine) appendRows(rows []HeadRow, heads []store.Head) []HeadRow {
	for _, h := range heads {
		row := HeadRow{ID: h.ID, Seq: h.Seq}
		if err := json.Unmarshal(h.Body, &row.Summary); err != nil {
			e.skip(h.ID, fmt.Errorf("%w: its head: %w", errUnreadable, err))
			continue
		}
		row.ReplyBy = bot.ReplyBy(row.Summary, e.o.Limits(), e.live(row.Site))
		rows = append(rows, row)
	}
	return rows
}

// Row is the line of a list for a state that its reader has.
func (e *Engine) Row(s bot.State) HeadRow {
	row := HeadRow{ID: s.ID, Seq: s.LastStaff, Summary: bot.SummaryOf(s)}
	row.ReplyBy = bot.ReplyBy(row.Summary, e.o.Limits(), e.live(row.Site))
	return row
}

// A cursor is the number of the list and the store's own cursor within it.
func formatCursor(list int, inner string) string { return strconv.Itoa(list) + ":" + inner }

func parseCursor(cursor string, lists int) (int, string, error) {
	if cursor == "" {
		return 0, "", nil
	}
	number, inner, ok := strings.Cut(cursor, ":")
	at, err := strconv.Atoi(number)
	if !ok || err != nil || at < 0 || at >= lists {
		return 0, "", &bot.Refusal{Code: bot.Malformed, Message: "this is no cursor of that list"}
	}
	return at, inner, nil
}
