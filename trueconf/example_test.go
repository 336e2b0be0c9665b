package trueconf_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/http/httptest"
	"strings"

	"bedside/trueconf"
	"bedside/trueconf/standin"
)

// exampleServer is a stand-in in place of https://video.example.org.
func exampleServer() (address string, stop func()) {
	server := standin.New(standin.Options{ClientID: "bedside-app", ClientSecret: "its-secret"})
	listener := httptest.NewServer(server)
	return listener.URL, func() { _ = server.Close(); listener.Close() }
}

func exampleClient(address string) *trueconf.Client {
	client, err := trueconf.New(trueconf.Config{URL: address, ClientID: "bedside-app", ClientSecret: "its-secret"})
	if err != nil {
		log.Fatal(err)
	}
	return client
}

// A room for a doctor and a guest, from its making to its removal.
func Example() {
	address, stop := exampleServer()
	defer stop()
	client := exampleClient(address)
	defer client.Close()
	ctx := context.Background()

	room, err := client.Create(ctx, trueconf.Conference{
		ID: "an_id_that_nobody_can_guess", Topic: "Consultation", Owner: "doctor1",
		MaxPodiums: 2, MaxParticipants: 2, AllowGuests: true, State: trueconf.Running,
		Rights: &trueconf.Rights{Guest: trueconf.CallRights(), User: trueconf.CallRights()},
	})
	if err != nil {
		log.Fatal(err)
	}
	if !room.IsRunning() { // a server may pass over the wished state
		if _, err := client.Run(ctx, room.ID); err != nil {
			log.Fatal(err)
		}
	}

	link, err := client.JoinLink(ctx, room.ID, trueconf.GuestWithID("p_91ab", "Ann Lee"), "en")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(link.GuestLogin, "may come in for", link.ExpiresAt.Sub(link.MintedAt))

	people, err := client.Participants(ctx, room.ID)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(people), "in the room")

	fmt.Println(client.Stop(ctx, room.ID), client.Delete(ctx, room.ID))
	// Output:
	// p_91ab may come in for 1m0s
	// 0 in the room
	// <nil> <nil>
}

// A kind decides what a program does, the cure what a person does.
func ExampleKindOf() {
	address, stop := exampleServer()
	defer stop()
	client := exampleClient(address)
	defer client.Close()

	_, err := client.Create(context.Background(), trueconf.Conference{ID: "room_1", Topic: "Consultation", Owner: "nobody"})
	fmt.Println(trueconf.KindOf(err), trueconf.Temporary(err))
	var e *trueconf.Error
	if errors.As(err, &e) {
		fmt.Println(e.Cure)
	}
	// Output:
	// no_owner false
	// name an active user of this server as the owner
}

// Rooms of an installation are found again by their tag.
func ExampleClient_Conferences() {
	address, stop := exampleServer()
	defer stop()
	client := exampleClient(address)
	defer client.Close()
	ctx := context.Background()

	for _, tag := range []string{"mine", "mine", "theirs"} {
		_, err := client.Create(ctx, trueconf.Conference{Topic: "Consultation", Owner: "doctor1", Tags: []string{tag}})
		if err != nil {
			log.Fatal(err)
		}
	}
	rooms, err := client.Conferences(ctx, trueconf.Filter{Tag: "mine"})
	fmt.Println(len(rooms), err)
	// Output: 2 <nil>
}

// A doctor's TrueConf ID is checked before it is written into a configuration.
func ExampleClient_User() {
	address, stop := exampleServer()
	defer stop()
	client := exampleClient(address)
	defer client.Close()

	doctor, err := client.User(context.Background(), "doctor1@video.example.org")
	fmt.Println(doctor.ID, doctor.Presence == trueconf.Online, err)
	_, err = client.User(context.Background(), "doctor9")
	fmt.Println(trueconf.KindOf(err))
	// Output:
	// doctor1 true <nil>
	// not_found
}

// Links reach the guest's browser as JSON and no log.
func ExampleJoinLink() {
	link := trueconf.JoinLink{
		WebURL:    "https://video.example.org/webrtc/room_1#login=*guest*p_91ab&token=secret",
		Deeplinks: trueconf.Deeplinks{Default: `trueconf:\c\room_1@video.example.org`},
	}
	fmt.Println(strings.Contains(fmt.Sprintf("%+v", link), "secret"))
	raw, _ := json.Marshal(link.Deeplinks)
	fmt.Println(string(raw))
	// Output:
	// false
	// {"default":"trueconf:\\c\\room_1@video.example.org"}
}

func ExampleSameUser() {
	fmt.Println(trueconf.SameUser("anna", "anna@x1y2.trueconf.name"))
	fmt.Println(trueconf.SameUser("anna", "*guest*anna"))
	// Output:
	// true
	// false
}
