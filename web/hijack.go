package web

import (
	"bufio"
	"net"
	"net/http"
)

// Hijack hands the connection to the socket, which can hold back its writes;
// gorilla asks the writer itself.
func (n *noted) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	n.status = http.StatusSwitchingProtocols
	conn, buffers, err := http.NewResponseController(n.ResponseWriter).Hijack()
	if err != nil {
		return nil, nil, err
	}
	return &cork{Conn: conn}, buffers, nil
}
