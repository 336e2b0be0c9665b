package setup

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"text/template"

	"bedside/web"
)

//go:embed template
var templates embed.FS

// names of what stands in the folder.
const (
	ConfigFile  = "config.yaml"
	SecretFile  = "trueconf-secret"
	FlowFolder  = "flows"
	FlowFile    = "clinic.yaml"
	SnippetFile = "snippet.html"
)

// member is one of the staff as the configuration has them.
type member struct {
	Person
	Role, Hash string
}

// sheet is what the templates are filled with.
type sheet struct {
	Answers
	At, Flows  string // where configuration and flow will stand
	SecretFile string
	Staff      []member
}

func (a Answers) sheet(folder string) (sheet, error) {
	s := sheet{
		Answers: a, SecretFile: SecretFile,
		At: filepath.Join(folder, ConfigFile), Flows: filepath.Join(folder, FlowFolder),
	}
	for i, p := range append([]Person{a.Admin}, a.Doctors...) {
		hash, err := web.HashPassword(p.Password.Reveal())
		if err != nil {
			return s, fmt.Errorf("the password of %s: %w", p.Login, err)
		}
		role := "doctor"
		if i == 0 {
			role = "admin"
		}
		s.Staff = append(s.Staff, member{p, role, hash})
	}
	return s, nil
}

// render fills one template.
func (s sheet) render(name string) ([]byte, error) {
	t, err := template.New(name).Funcs(s.functions()).ParseFS(templates, "template/"+name)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = t.Execute(&out, s)
	return out.Bytes(), err
}

func (s sheet) functions() template.FuncMap {
	return template.FuncMap{
		"quote": quote,
		"join":  func(list []string) string { return strings.Join(list, ", ") },
		"dial":  func(number string) string { return strings.Map(dialled, number) },
		"say":   func(en, ru string) string { return s.texts(map[string]string{"en": en, "ru": ru}) },
		"usual": func(en, ru string) string { return map[string]string{"en": en, "ru": ru}[s.Languages[0]] },
		"same":  func(text string) string { return s.texts(map[string]string{"en": text, "ru": text}) },
	}
}

// texts writes a text in the clinic's languages.
func (s sheet) texts(by map[string]string) string {
	var out []string
	for _, language := range slices.Sorted(slices.Values(s.Languages)) {
		out = append(out, language+": "+quote(by[language]))
	}
	return "{" + strings.Join(out, ", ") + "}"
}

// quote writes a YAML scalar in double quotes: every JSON string is one.
func quote(text string) string {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	_ = e.Encode(text) // a string always can
	return strings.TrimSpace(out.String())
}

// dialled keeps what a tel: address holds.
func dialled(r rune) rune {
	if r == '+' || r >= '0' && r <= '9' {
		return r
	}
	return -1
}

// Snippet is what the clinic's website carries.
func Snippet(a Answers) (string, error) {
	text, err := sheet{Answers: a}.render("snippet.html")
	return string(text), err
}
