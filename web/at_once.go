package web

import "net/http"

// atOnce bounds how many of something are under way: altogether, of one address and
// the block around it, and of one ticket or session.
type atOnce struct {
	open                 *tally
	all, address, ticket int
}

// enter counts one more, until it is released; where there are too many it does not.
func (a atOnce) enter(r *http.Request, p party) (release func(), ok bool) {
	address, ticket := visitOf(r.Context()).address, "c/"+p.key
	if !a.open.take(ticket, a.ticket) {
		return nil, false
	}
	if !a.open.takeAddress(address, a.address) {
		a.open.give(ticket)
		return nil, false
	}
	if !a.open.take("all", a.all) {
		a.open.give(ticket)
		a.open.giveAddress(address)
		return nil, false
	}
	return func() {
		a.open.give("all")
		a.open.giveAddress(address)
		a.open.give(ticket)
	}, true
}
