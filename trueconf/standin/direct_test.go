package standin_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
)

// directCall makes a call without a network, for tests that make very many.
func (a *api) directCall(method, path, body string) string {
	r := httptest.NewRequest(method, "http://v.example/api/"+a.version+path, strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer "+a.token)
	w := httptest.NewRecorder()
	a.srv.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		panic(w.Body.String())
	}
	return w.Body.String()
}

func (a *api) direct(id string) string {
	a.directCall("POST", "/conferences", `{"id":"`+id+`","topic":"T","owner":"doctor1","allow_guests":true,"max_participants":2,"state":"running"}`)
	return id
}

func (a *api) directLink(room, who string) string {
	q := url.Values{"call_id": {room}, "case": {"join_conference_button"}, "user": {"2$" + who + "*Name"}}
	var got struct {
		Clients []struct {
			WebURL string `json:"web_url"`
		} `json:"clients"`
	}
	if err := json.Unmarshal([]byte(a.directCall("GET", "/software/clients?"+q.Encode(), "")), &got); err != nil {
		panic(err)
	}
	return got.Clients[0].WebURL
}
