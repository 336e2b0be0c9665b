package web

import (
	"bufio"
	"net"
	"net/http"
)

// Hijack hands the connection to the socket; gorilla asks the writer itself.
func (n *noted) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	n.status = http.StatusSwitchingProtocols
	return http.NewResponseController(n.ResponseWriter).Hijack()
}
