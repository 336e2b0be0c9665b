package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"bedside/cmd/bedside/setup"
	"bedside/cmd/bedside/terminal"
)

// initCommand's fields are named as in setup's table of questions.
type initCommand struct {
	Into string `default:"clinic" placeholder:"DIR" help:"The folder to make; \"clinic\" in this one where none is named."`
	Data string `placeholder:"DIR" help:"Where the journal is kept; \"data\" in the new folder where none is named."`
	Yes  bool   `short:"y" help:"Ask nothing: what no flag says takes its usual value, and what has none is refused, all at once."`

	NoCheck bool `help:"Do not look at the end whether it works."`

	PublicURL         *string  `name:"public-url" placeholder:"URL" help:"Bedside's address for browsers, like https://bedside.clinic.example."`
	Site              *string  `placeholder:"ORIGINS" help:"The website's origins, with commas, like https://www.clinic.example."`
	Clinic            *string  `placeholder:"NAME" help:"The clinic's name."`
	Phone             *string  `placeholder:"NUMBER" help:"The clinic's phone."`
	Emergency         *string  `placeholder:"NUMBER" help:"The number to dial in danger."`
	Language          *string  `placeholder:"LANGUAGES" help:"en, ru, or both with a comma; usually en."`
	Zone              *string  `placeholder:"ZONE" help:"The clinic's time zone; usually this machine's."`
	TrueconfURL       *string  `name:"trueconf-url" placeholder:"URL" help:"The TrueConf Server, as browsers reach it."`
	TrueconfCA        *string  `name:"trueconf-ca" placeholder:"FILE" help:"A certificate authority to trust besides the system's, for that server."`
	ClientID          *string  `name:"client-id" placeholder:"ID" help:"The OAuth2 application's id."`
	ClientSecretFile  *string  `placeholder:"FILE" help:"A file with its secret; - reads a line of the input."`
	ServiceAccount    *string  `placeholder:"ID" help:"The TrueConf user that owns rooms; usually bedside."`
	GuestSeats        *string  `placeholder:"N" help:"Guest connections of the licence; usually 1, as TrueConf Server Free has."`
	Listen            *string  `placeholder:"HOST:PORT" help:"Where Bedside listens; usually 127.0.0.1:8080."`
	Admin             *string  `placeholder:"LOGIN" help:"The first administrator; usually admin."`
	AdminName         *string  `placeholder:"NAME" help:"The administrator's name; usually the login."`
	AdminPasswordFile *string  `placeholder:"FILE" help:"A file with the administrator's password; - reads a line of the input. An empty one has it made up."`
	Doctor            []string `sep:"none" placeholder:"LOGIN:NAME[:ID]" help:"A doctor, with the TrueConf ID if there is one; may be given many times. The password is made up and printed."`
}

// Help is printed under the usage.
func (initCommand) Help() string {
	return `Asks for what Bedside needs to know, and writes configuration, secrets, a first flow
and the data folder into a new folder. Nothing is overwritten, and whatever ends it
half-way leaves nothing behind. Every answer may be given as a flag. At the end it
looks whether all this works, as bedside check does; the exit code is 0 when all was
written, whatever is to be mended still.

Examples:
  bedside init
  sudo bedside init --into /etc/bedside --data /var/lib/bedside
  bedside init --yes --into clinic --public-url https://bedside.clinic.example \
    --site https://www.clinic.example --clinic "Harbour Clinic" \
    --phone "+44 20 7946 0000" --emergency 999 --zone Europe/London \
    --trueconf-url https://video.clinic.example --client-id 0123456789 \
    --client-secret-file secret.txt --admin-password-file password.txt \
    --doctor "doctor1:Doctor One:doctor1"`
}

// Run asks, writes, checks, and says what comes next.
func (c initCommand) Run(ctx context.Context, s streams) error {
	into, data, err := c.folders()
	if err != nil {
		return err
	}
	if err := setup.Free(into, data); err != nil {
		said, _ := inWords(err)
		return wrongPlace{sentence: "init: " + said, cause: err}
	}
	values, err := c.values(s)
	if err != nil {
		return wrongUse{err}
	}
	asker, err := c.asker(s)
	if err != nil {
		return err
	}
	a, err := setup.Collect(ctx, setup.Given{Values: values, Doctors: c.Doctor, Data: data}, asker)
	var problems setup.Problems
	switch {
	case errors.As(err, &problems):
		return wrongUse{fmt.Errorf("init: nothing was written\n%w", err)}
	case err != nil:
		return fmt.Errorf("init: %w; nothing was written", err)
	}
	if err := setup.Write(ctx, into, a); err != nil {
		return fmt.Errorf("init: %w", err)
	}
	return c.finish(ctx, s, into, a)
}

// folders are absolute, save for a data folder within the new one.
func (c initCommand) folders() (into, data string, err error) {
	if into, err = filepath.Abs(c.Into); err != nil || c.Data == "" {
		return into, "data", err
	}
	data, err = filepath.Abs(c.Data)
	return into, data, err
}

// asker is nil where nobody is to be asked.
func (c initCommand) asker(s streams) (setup.Asker, error) {
	switch {
	case c.Yes:
		return nil, nil
	case !terminal.Is(s.in):
		return nil, wrongUse{errors.New("init: nobody sits there to ask; give the answers as flags, and --yes")}
	}
	return terminal.New(s.in, s.err), nil
}

// values are the flags that were given, by name; of the secrets, what is in
// their files.
func (c initCommand) values(s streams) (map[string]string, error) {
	out := map[string]string{}
	for flag, value := range map[string]*string{
		"public-url": c.PublicURL, "site": c.Site, "clinic": c.Clinic, "phone": c.Phone, "emergency": c.Emergency,
		"language": c.Language, "zone": c.Zone, "trueconf-url": c.TrueconfURL, "trueconf-ca": c.TrueconfCA,
		"client-id": c.ClientID, "service-account": c.ServiceAccount, "guest-seats": c.GuestSeats, "listen": c.Listen,
		"admin": c.Admin, "admin-name": c.AdminName,
	} {
		if value != nil {
			out[flag] = strings.TrimSpace(*value)
		}
	}
	// In this order where both come from the input.
	for _, secret := range []struct {
		flag string
		file *string
	}{{"client-secret-file", c.ClientSecretFile}, {"admin-password-file", c.AdminPasswordFile}} {
		if secret.file == nil {
			continue
		}
		text, err := firstLine(s, *secret.file)
		if err != nil {
			return nil, fmt.Errorf("--%s: %w", secret.flag, err)
		}
		out[secret.flag] = text
	}
	return out, nil
}

func firstLine(s streams, path string) (string, error) {
	var from io.Reader = s.in
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return "", err
		}
		defer f.Close()
		from = f
	}
	line, err := terminal.ReadLine(from)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return strings.TrimSpace(line), err
}
