package flows

import (
	"regexp"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	// The zones are part of what a flow means, so they travel with the program
	// and do not depend on the machine that checks it.
	_ "time/tzdata"
)

var clinicKeys = keys{"name", "phone", "zone", "alert"}

func (r *reader) clinic(n *yaml.Node) {
	if n == nil || !r.define(n, "section", "clinic") {
		return
	}
	f, ok := r.mapping(n, "`clinic`", clinicKeys)
	if !ok {
		return
	}
	c := &r.draft.clinic
	c.Name = r.plain(r.need(f, "name", "`clinic`"), "the clinic's name")
	c.Phone = r.phone(r.need(f, "phone", "`clinic`"), "the clinic's phone")
	c.Zone = r.zone(r.need(f, "zone", "`clinic`"))
	if alert := f.get("alert"); alert != nil && r.id(alert, "the lead") {
		c.Alert = alert.Value
	}
}

// plain reads a text in which no insert can stand.
func (r *reader) plain(n *yaml.Node, what string) Text {
	p := r.phrase(n, what)
	for _, ref := range p.refs {
		r.fail(ref.at, codeInsert, what+" cannot hold {"+ref.name+"}", "write it out")
	}
	return p.text
}

var phoneForm = regexp.MustCompile(`^\+?[\d\s().\-]{2,30}$`)

// phone reads a number that people dial. It must stand in quotes, for
// without them YAML drops zeros and plus signs.
func (r *reader) phone(n *yaml.Node, what string) string {
	if n == nil || n.Kind == 0 {
		return ""
	}
	if tag := n.ShortTag(); n.Kind == yaml.ScalarNode && (tag == "!!int" || tag == "!!float") {
		r.fail(r.at(n), codeUnquoted, what+" was read as a number, which loses zeros and +", "put it in quotes: \""+n.Value+"\"")
		return ""
	}
	number, ok := r.words(n, what)
	if ok && (!phoneForm.MatchString(number) || !strings.ContainsAny(number, "0123456789")) {
		r.fail(r.at(n), codeBadValue, what+" is no number that a phone can dial", "write figures, spaces, - and (), with + in front if it is international")
		return ""
	}
	return number
}

func (r *reader) zone(n *yaml.Node) *time.Location {
	name, ok := r.words(n, "the zone")
	if !ok {
		return nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil || name == "Local" {
		r.fail(r.at(n), codeBadValue, "`"+name+"` is no time zone", "write a name such as Europe/Moscow or UTC")
		return nil
	}
	return zone
}
