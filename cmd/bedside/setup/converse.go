package setup

import (
	"context"
	"fmt"
	"strings"
)

// converse asks what is open, in order, and then for the doctors.
func converse(ctx context.Context, a *Answers, open []question, doctors bool, ask Asker) error {
	ask.Say("A few questions. Enter takes what stands in [brackets]; Ctrl-C leaves nothing behind.")
	for _, q := range open {
		if q.silent {
			continue
		}
		if err := q.put(ctx, a, ask); err != nil {
			return noAnswer(err)
		}
	}
	if !doctors {
		return nil
	}
	return noAnswer(askDoctors(ctx, a, ask))
}

// put asks one question until its answer is right.
func (q question) put(ctx context.Context, a *Answers, ask Asker) error {
	if q.help != "" {
		ask.Say("\n" + q.help)
	}
	usual, prompt := "", q.prompt
	if q.usual != nil {
		if usual = q.usual(*a); usual != "" {
			prompt += " [" + usual + "]"
		}
	}
	return until(ask, func() (string, error) {
		text, err := q.read(ctx, prompt+": ", ask)
		if err == nil && text == "" {
			text = usual
		}
		return text, err
	}, func(text string) error { return q.take(a, text) })
}

func (q question) read(ctx context.Context, prompt string, ask Asker) (string, error) {
	if !q.secret {
		return ask.Line(ctx, prompt)
	}
	if q.twice {
		return twice(ctx, prompt, ask)
	}
	text, err := ask.Secret(ctx, prompt)
	return strings.TrimSpace(text), err
}

// twice asks for a secret until it is typed the same way two times, or left out.
func twice(ctx context.Context, prompt string, ask Asker) (string, error) {
	for {
		first, err := ask.Secret(ctx, prompt)
		if err != nil || first == "" {
			return "", err
		}
		second, err := ask.Secret(ctx, "Once more: ")
		if err != nil || first == second {
			return first, err
		}
		ask.Say("  The two differ.")
	}
}

// until reads and takes until what is read can be taken. A reading that fails
// ends it.
func until(ask Asker, read func() (string, error), take func(string) error) error {
	for {
		text, err := read()
		if err != nil {
			return err
		}
		reason := take(text)
		if reason == nil {
			return nil
		}
		ask.Say("  " + reason.Error() + ".")
	}
}

// askDoctors asks for one doctor after another until an empty login.
func askDoctors(ctx context.Context, a *Answers, ask Asker) error {
	ask.Say("\nDoctors. Each signs in with a login of their own; a TrueConf ID has the doctor's\nTrueConf app rung, and such a doctor takes no guest seat.")
	for {
		d, err := askDoctor(ctx, a, ask)
		if err != nil || d.Login == "" {
			return err
		}
		a.Doctors = append(a.Doctors, d)
	}
}

func askDoctor(ctx context.Context, a *Answers, ask Asker) (d Person, err error) {
	prompt := "A doctor's login (Enter: no more)"
	if len(a.Doctors) == 0 {
		prompt = "The first doctor's login (Enter: none yet)"
	}
	line := func(prompt string) func() (string, error) {
		return func() (string, error) { return ask.Line(ctx, prompt+": ") }
	}
	err = until(ask, line(prompt), func(text string) error {
		if d.Login = ""; text == "" {
			return nil
		}
		if d.Login, err = login(text); err != nil {
			return err
		}
		return a.unlike(d)
	})
	if err != nil || d.Login == "" {
		return d, err
	}
	err = until(ask, line("  Name, as patients read it"), func(text string) error { d.Name, err = words(text); return err })
	if err != nil {
		return d, err
	}
	err = until(ask, line(fmt.Sprintf("  %s's TrueConf ID (Enter: comes by the page)", d.Name)), func(text string) error {
		if d.TrueConfID = ""; text == "" {
			return nil
		}
		if d.TrueConfID, err = account(text); err != nil {
			return err
		}
		return a.unlike(Person{Login: "\x00", TrueConfID: d.TrueConfID})
	})
	if err != nil {
		return d, err
	}
	secret := func() (string, error) {
		return twice(ctx, "  Password (not shown; Enter makes one up): ", ask)
	}
	return d, until(ask, secret, d.choose)
}
