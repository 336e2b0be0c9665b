package main

import (
	"bufio"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// child is a demo in a process of its own, which can be killed.
type child struct {
	t       testing.TB
	process *exec.Cmd
	base    string
	doctors [][]string // login and password
}

func startChild(t testing.TB, folder string) *child {
	t.Helper()
	c := &child{t: t, process: exec.Command("bedside", "demo", "--data", folder)}
	c.process.Stderr = os.Stderr
	out, err := c.process.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, c.process.Start())
	t.Cleanup(c.kill)
	for lines := bufio.NewScanner(out); len(c.doctors) < 2; {
		require.True(t, lines.Scan(), "the demo ended before it was ready")
		name, value, _ := strings.Cut(lines.Text(), ": ")
		switch name {
		case "console":
			c.base = value
		case "sign-in":
			c.doctors = append(c.doctors, strings.Fields(value))
		}
	}
	return c
}

// kill is kill -9: nothing is flushed, nobody is told.
func (c *child) kill() {
	_ = c.process.Process.Kill()
	_ = c.process.Wait() // it was killed, says its error
}

// A server that is killed in the middle loses nothing that it acknowledged,
// doubles nothing that is sent again with the same key, and finishes by itself
// what it was about to do.
func TestAKilledServerLosesNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes")
	}
	folder := t.TempDir()
	c := startChild(t, folder)
	patient := newPerson(t, c.base)
	patient.start()
	patient.answerAll()
	doctor := newPerson(t, c.base)
	doctor.signIn(c.doctors[1][0], c.doctors[1][1])
	doctor.id = patient.id
	doctor.do(fields{"do": "claim"})

	said := map[string]string{} // text by key
	for round := range 3 {
		unsure := sayUntilKilled(t, c, patient, said, round)
		c = startChild(t, folder)
		patient.base, doctor.base = c.base, c.base
		patient.do(fields{"do": "send", "key": unsure, "text": said[unsure]})
	}
	texts := map[string]int{}
	for _, e := range all(patient) {
		if e.Kind == "message.sent" {
			texts[e.body(t).Text]++
		}
	}
	for _, text := range said {
		require.Equal(t, 1, texts[text], "%q", text)
	}

	doctor.do(fields{"do": "escalate", "how": "page"})
	c.kill()
	c = startChild(t, folder)
	patient.base, doctor.base = c.base, c.base
	call := patient.await("call.ready").body(t).Call
	var joined struct {
		WebURL string `json:"web_url"`
	}
	require.EventuallyWithT(t, func(check *assert.CollectT) {
		require.Equal(check, http.StatusOK, patient.call("POST", "/api/v1/calls/"+call+"/join", nil, &joined))
	}, 20*time.Second, 100*time.Millisecond)
	usable(t, joined.WebURL)
}

// sayUntilKilled sends messages one after another while the server is killed in
// their midst. It returns the key of the one that was not answered.
func sayUntilKilled(t *testing.T, c *child, p *person, said map[string]string, round int) string {
	t.Helper()
	killed := make(chan struct{})
	for i := 0; ; i++ {
		if i == 20 {
			go func() { defer close(killed); c.kill() }()
		}
		key, text := newKey(), fmt.Sprintf("message %d of round %d", i, round)
		said[key] = text
		if !p.try(key, text) {
			<-killed
			return key
		}
	}
}

// try sends a message and reports whether it was acknowledged.
func (p *person) try(key, text string) bool {
	body := fmt.Sprintf(`{"key":%q,"do":"send","text":%q}`, key, text)
	req, err := http.NewRequest("POST", p.base+"/api/v1/conversations/"+p.id+"/commands", strings.NewReader(body))
	require.NoError(p.t, err)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+p.ticket)
	resp, err := p.http.Do(req)
	if err != nil {
		return false
	}
	defer resp.Body.Close()
	require.Equal(p.t, http.StatusOK, resp.StatusCode)
	return true
}

// all are all entries that a person may see, page by page, without a gap.
func all(p *person) []frame {
	p.t.Helper()
	var out []frame
	var last uint64
	for {
		page := p.entries(last, 0)
		if len(page) == 0 {
			return out
		}
		for _, e := range page {
			require.Equal(p.t, last, e.Prev, "a gap before %d", e.Seq)
			last = e.Seq
		}
		out = append(out, page...)
	}
}

// A demo that is asked to stop does so at once and leaves nothing behind.
func TestADemoStopsWhenAsked(t *testing.T) {
	c := startChild(t, t.TempDir())
	require.NoError(t, c.process.Process.Signal(syscall.SIGTERM))
	began := time.Now()
	require.NoError(t, c.process.Wait(), "exit code 0")
	require.Less(t, time.Since(began), 5*time.Second)
}
