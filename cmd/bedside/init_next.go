package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"bedside/cmd/bedside/setup"
)

// finish tells what was written, looks whether it works, and says what comes
// next. What does not work yet is no failure of the writing.
func (c initCommand) finish(ctx context.Context, s streams, into string, a setup.Answers) error {
	snippet, err := setup.Snippet(a)
	if err != nil {
		return err
	}
	file := filepath.Join(into, setup.ConfigFile)
	tellWritten(s.out, into, a)
	if !c.NoCheck {
		if err := lookAt(ctx, s, file); err != nil {
			return err
		}
	}
	tellNext(s.out, file, a, snippet)
	return nil
}

// lookAt checks what can be checked before anything runs.
func lookAt(ctx context.Context, s streams, file string) error {
	fmt.Fprintf(s.out, "\nLooking whether it works:\n\n")
	clinic, err := examine(ctx, file)
	if err != nil {
		return err
	}
	clinic.Quick, clinic.Early = true, true
	good, err := report(ctx, clinic, "text", "en", s.out)
	if err == nil && !good {
		fmt.Fprintf(s.out, "\nMend what is not ok, in the control panel or in %s, and look again:\n  %s check -c %s\n", file, called(), file)
	}
	return err
}

func tellWritten(w io.Writer, into string, a setup.Answers) {
	fmt.Fprintf(w, "Written to %s:\n", into)
	for _, f := range [][2]string{
		{setup.ConfigFile, "the configuration, with the hashes of the passwords"},
		{setup.SecretFile, "the OAuth secret; readable by its owner alone"},
		{filepath.Join(setup.FlowFolder, setup.FlowFile), "what the bot says and asks"},
		{setup.SnippetFile, "the lines for the clinic's website"},
	} {
		fmt.Fprintf(w, "  %-20s %s\n", f[0], f[1])
	}
	made := a.Passwords()
	if len(made) == 0 {
		return
	}
	fmt.Fprintf(w, "\nPasswords that were made up. They are shown this once and kept nowhere:\n")
	for _, p := range made {
		fmt.Fprintf(w, "  %-20s %s\n", p.Login, p.Password.Reveal())
	}
}

func tellNext(w io.Writer, file string, a setup.Answers, snippet string) {
	steps := []string{
		"Let it run as a service:\n       " + serviceLine(file) + "\n     or, to look at it first:  " + called() + " serve -c " + file,
		"Put a reverse proxy with a certificate for " + a.PublicURL.Host + " before " + a.Listen +
			".\n     nginx.conf beside this program is the one for nginx; INSTALL.md says where it goes.",
		"Put these lines on every page of the website, before </body>:\n\n" + indent(snippet),
		"Sign in at " + a.PublicURL.String() + "/console/",
		"Keep a copy of the server key in another place, for backups are of no use without it:\n       " +
			filepath.Join(dataOf(file, a), "key") + "  (made at the first start)",
	}
	if len(a.Doctors) == 0 {
		steps = append([]string{"Add a doctor: the lines stand in " + file + " and wait for a hash of\n       " + called() + " staff hash"}, steps...)
	}
	fmt.Fprintf(w, "\nNext:\n")
	for i, step := range steps {
		fmt.Fprintf(w, "  %d. %s\n", i+1, step)
	}
}

func serviceLine(file string) string {
	line := called() + " service install -c " + file
	if runtime.GOOS != "windows" {
		return "sudo " + line
	}
	return line
}

// called is how the program was called: it may be in no folder that is searched.
func called() string {
	if strings.ContainsRune(os.Args[0], filepath.Separator) {
		return os.Args[0]
	}
	return "bedside"
}

func dataOf(file string, a setup.Answers) string {
	if filepath.IsAbs(a.Data) {
		return a.Data
	}
	return filepath.Join(filepath.Dir(file), a.Data)
}

func indent(text string) string {
	var out []byte
	for i := 0; i < len(text); i++ {
		if i == 0 || text[i-1] == '\n' {
			out = append(out, "       "...)
		}
		out = append(out, text[i])
	}
	return string(out)
}
