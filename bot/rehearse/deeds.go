package rehearse

import (
	"errors"
	"path"
	"slices"
	"strconv"
	"strings"

	"bedside/bot"
	"bedside/flows/cases"
)

// errNothing says that there is no open question.
var errNothing = &bot.Refusal{Code: bot.Overtaken, Message: "nothing is asked"}

// Type sends what the patient types.
func (g *Stage) Type(text string) error {
	return g.Do(Patient(), bot.DoSend, bot.Args{Text: text})
}

// Press presses options of the open question, by their ids.
func (g *Stage) Press(ids ...string) error {
	asked := g.State.Asked
	if asked == nil {
		return errNothing
	}
	args := bot.Args{Step: asked.Step}
	if len(ids) == 1 && asked.Type != "choices" {
		args.Option = ids[0]
	} else {
		args.Options = ids
	}
	return g.Do(Patient(), bot.DoChoose, args)
}

// Skip passes over the open question. Where none is open it is Decline.
func (g *Stage) Skip() error {
	asked := g.State.Asked
	if asked == nil {
		return g.Decline()
	}
	return g.Do(Patient(), bot.DoSkip, bot.Args{Step: asked.Step})
}

// Decline is a patient's word that they would rather type than wait for a doctor
// by video.
func (g *Stage) Decline() error {
	step := g.State.QueueStep
	if step == "" {
		return errNothing
	}
	return g.Do(Patient(), bot.DoSkip, bot.Args{Step: step})
}

// Back takes the last answer away.
func (g *Stage) Back() error { return g.Do(Patient(), bot.DoBack, bot.Args{}) }

// Rate says how the conversation was.
func (g *Stage) Rate(stars int, text string) error {
	return g.Do(Patient(), bot.DoRate, bot.Args{Stars: stars, Text: text})
}

// fileTypes are what a file's ending says of its content; a rehearsal has the
// names alone.
var fileTypes = map[string]string{
	".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp", ".heic": "image/heic",
	".pdf": "application/pdf",
}

// fileSize is what every file of a rehearsal has, in bytes.
const fileSize = 100 << 10

// Send sends files for the open question and answers it with them.
func (g *Stage) Send(names ...string) error {
	asked := g.State.Asked
	if asked == nil {
		return errNothing
	}
	var ids []string
	for _, name := range names {
		kind := fileTypes[strings.ToLower(path.Ext(name))]
		if kind == "" {
			kind = "application/octet-stream"
		}
		id := "file_" + strconv.Itoa(len(g.Journal))
		file := &bot.FileSent{File: id, Name: name, Type: kind, Size: fileSize, Step: asked.Step}
		if err := g.Do(Patient(), bot.DoAttach, bot.Args{File: file}); err != nil {
			return err
		}
		ids = append(ids, id)
	}
	return g.Do(Patient(), bot.DoChoose, bot.Args{Step: asked.Step, Options: ids})
}

// Staff does what a doctor does: one of cases.DeedNames.
func (g *Stage) Staff(login, deed, text string) error {
	a, ok := g.Doctor(login)
	if !ok {
		return errors.New("nobody called `" + login + "` is on duty; on duty are " + cases.InList(g.Doctors()))
	}
	switch deed {
	case cases.Takes:
		return g.Do(a, bot.DoClaim, bot.Args{})
	case cases.Finishes:
		return g.Do(a, bot.DoFinish, bot.Args{})
	case cases.Releases:
		return g.Do(a, bot.DoRelease, bot.Args{Reason: text})
	case cases.Writes:
		return g.Do(a, bot.DoSend, bot.Args{Text: text})
	case cases.Done:
		return g.Do(a, bot.DoCallbackDone, bot.Args{})
	case cases.Failed:
		return g.Do(a, bot.DoCallbackFailed, bot.Args{Reason: or(text, "no answer")})
	}
	return errors.New("a doctor takes, finishes, releases, writes, or has done or failed a call-back, and does not do `" + deed + "`")
}

// Whose is the doctor who has the conversation, else the first who may take it.
func (g *Stage) Whose() string {
	if g.State.Doctor != "" {
		return g.State.Doctor
	}
	i := slices.IndexFunc(g.setting.Staff, func(a bot.Actor) bool { return bot.May(a, bot.DoClaim, g.State) })
	if i < 0 {
		i = slices.IndexFunc(g.setting.Staff, func(a bot.Actor) bool { return bot.May(a, bot.DoCallbackDone, g.State) })
	}
	if i < 0 {
		return ""
	}
	return g.setting.Staff[i].Login
}
