package standin_test

import (
	"fmt"
	"net/http/httptest"

	"bedside/trueconf/standin"
)

// A test of a program that uses TrueConf: serve the stand-in, bring bad luck, look
// at what the program did.
func Example() {
	s := standin.New(standin.Options{ClientID: "id", ClientSecret: "secret"})
	defer s.Close()
	server := httptest.NewServer(s)
	defer server.Close()

	change, err := standin.ParseFault("late=create:15s:1") // works at once, answers after 15 s, once
	if err != nil {
		fmt.Println(err)
		return
	}
	s.SetSwitches(change)

	// … run the program against server.URL …

	fmt.Println(len(s.Rooms()), "rooms,", s.Requests()[standin.EndpointCreate], "calls of create")
	// Output: 0 rooms, 0 calls of create
}
