//go:build !windows

package service

import (
	"bytes"
	_ "embed"
	"fmt"
	"strings"
	"text/template"
)

//go:embed unit.service
var unitText string

// whereItSpeaks is where an administrator reads on.
const whereItSpeaks = "what it says: journalctl -u bedside -n 50"

// ours begins every unit that Bedside has written.
const ours = "# Written by `bedside service install`"

// unit is the text of the unit. Homes are closed to it unless something of its
// own lies there.
func (o Options) unit() ([]byte, error) {
	home := "yes"
	for _, path := range []string{o.Config, o.Data} {
		if below(path, "/home") || below(path, "/root") || below(path, "/run/user") {
			home = "no"
		}
	}
	t, err := template.New("unit").Funcs(template.FuncMap{"path": unitPath}).Parse(unitText)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = t.Execute(&out, map[string]string{"Program": programPath, "Config": o.Config, "Data": o.Data, "Home": home})
	return out.Bytes(), err
}

// unitPath writes a path as systemd reads it: in quotes, with its own signs
// doubled.
func unitPath(path string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, `%`, `%%`, `$`, `$$`).Replace(path) + `"`
}

// Unit is what Install would write.
func Unit(o Options) (string, error) {
	text, err := o.unit()
	if err != nil {
		return "", fmt.Errorf("the unit: %w", err)
	}
	return string(text), nil
}

func below(path, folder string) bool {
	return strings.HasPrefix(path+"/", strings.TrimSuffix(folder, "/")+"/")
}
