package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"bedside/bot"
	"bedside/bot/rehearse"
)

// tryout is a conversation that somebody has with a flow in a terminal.
type tryout struct {
	stage *rehearse.Stage
	out   io.Writer
	shown int    // lines of the talk
	stood string // where the conversation stood when it was last told
}

// take does what a line says.
func (t *tryout) take(line string) {
	word, rest := firstWord(line)
	var err error
	switch word {
	case "":
		return
	case "/wait":
		var d time.Duration
		if d, err = time.ParseDuration(rest); err != nil || d <= 0 {
			err = errors.New("write how long, as in /wait 5m")
			break
		}
		err = t.stage.Pass(d)
	case "/doctor":
		err = t.doctor(rest)
	case "/skip":
		err = t.stage.Skip()
	case "/decline":
		err = t.stage.Decline()
	case "/back":
		err = t.stage.Back()
	case "/file":
		err = t.stage.Send(strings.Fields(rest)...)
	case "/time", "/state":
		t.stood = ""
	case "/help":
		fmt.Fprint(t.out, flowTryCommand{}.Help()+"\n")
	default:
		if strings.HasPrefix(word, "/") {
			err = fmt.Errorf("there is no %s; /help says what there is", word)
			break
		}
		err = t.answer(line)
	}
	if err != nil {
		fmt.Fprintln(t.out, "  ! "+rehearse.Sentence(err))
	}
	t.news()
}

// answer presses the options whose numbers were typed, else sends the text.
func (t *tryout) answer(line string) error {
	asked := t.stage.State.Asked
	if asked == nil || len(asked.Options) == 0 {
		return t.stage.Type(line)
	}
	var ids []string
	for _, field := range strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == ',' }) {
		n, err := strconv.Atoi(field)
		if err != nil || n < 1 || n > len(asked.Options) {
			return t.stage.Type(line)
		}
		ids = append(ids, asked.Options[n-1].ID)
	}
	return t.stage.Press(ids...)
}

// doctor is a deed of the doctor who is named, of the one who has the
// conversation, or of the first who may take it.
func (t *tryout) doctor(line string) error {
	login, rest := firstWord(line)
	if !slices.Contains(t.stage.Doctors(), login) {
		login, rest = t.stage.Whose(), line
	}
	deed, text := firstWord(rest)
	return t.stage.Staff(login, deed, text)
}

// news prints what has been said since, what is asked, and where the
// conversation stands.
func (t *tryout) news() {
	talk := t.stage.Talk()
	for _, line := range talk[t.shown:] {
		fmt.Fprintln(t.out, line)
	}
	stands := t.stage.Stands()
	if asked := t.stage.State.Asked; asked != nil && (len(talk) > t.shown || stands != t.stood) {
		t.options(asked)
	}
	t.shown = len(talk)
	if stands != t.stood {
		fmt.Fprintf(t.out, "  [%s]\n", stands)
		t.stood = stands
	}
}

// mostOptions is how many options are printed of a long list of times.
const mostOptions = 12

// options prints what can be pressed, under the document that a consent means.
func (t *tryout) options(asked *bot.Asked) {
	if asked.Consent != nil {
		for line := range strings.Lines(strings.TrimSpace(asked.Consent.Document)) {
			fmt.Fprintln(t.out, "     | "+strings.TrimSpace(line))
		}
	}
	for i, o := range asked.Options {
		if i >= mostOptions && i < len(asked.Options)-1 {
			if i == mostOptions {
				fmt.Fprintf(t.out, "     … up to %d\n", len(asked.Options))
			}
			continue
		}
		fmt.Fprintf(t.out, "  %3d  %s\n", i+1, o.Text)
	}
}
