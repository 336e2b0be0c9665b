package flows

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"

	"bedside/flows/near"
)

// An id names a part, a slot, a department, a door or an option. It must look
// the same to a person, to YAML and to a condition.
var idForm = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

// yamlWords mean true, false or nothing to one YAML reader or another.
var yamlWords = []string{"yes", "no", "on", "off", "null", "true", "false", "y", "n"}

// conditionWords mean something in conditions, now or later, so no slot may
// have them as its id.
var conditionWords = []string{
	"and", "or", "not", "in", "if", "else", "let", "nil", "matches", "contains", "startswith", "endswith",
	"age", "has", "known", "open", "on_duty",
}

// id checks a name where it is defined. more are words that are taken in this
// place besides YAML's own.
func (r *reader) id(n *yaml.Node, what string, more ...string) bool {
	lower := strings.ToLower(n.Value)
	switch {
	case n.Kind == 0:
		return false
	case slices.Contains(yamlWords, lower) || isNull(n):
		r.fail(r.at(n), codeReserved, what+" cannot be called `"+n.Value+"`, which YAML may read as a truth or as nothing", "choose another word")
		return false
	case slices.Contains(more, lower):
		r.fail(r.at(n), codeReserved, what+" cannot be called `"+n.Value+"`, which has a meaning of its own here", "choose another word")
		return false
	case !idForm.MatchString(n.Value):
		r.fail(r.at(n), codeBadID, "`"+n.Value+"` is no id"+lookAlike(n.Value), "write up to 40 small Latin letters, figures and _, a letter first")
		return false
	}
	return true
}

// lookAlike says so when an id has letters of another alphabet, or spaces of
// another width, for an author cannot see them.
func lookAlike(s string) string {
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Cyrillic, r):
			return fmt.Sprintf(": its `%c` is a Cyrillic letter", r)
		case r > unicode.MaxASCII:
			return fmt.Sprintf(": it has the character U+%04X", r)
		}
	}
	return ""
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// latinID is an id that only looks like one, as it was probably meant.
func latinID(id string, f fields) string {
	if latin := strings.ToLower(near.Latin(id)); idForm.MatchString(latin) && f.keys[latin] == nil {
		return latin
	}
	return id
}

func contains(names []string, name string) bool { return slices.Contains(names, name) }

// list writes names for a problem.
func list(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return "`" + strings.Join(names, "`, `") + "`"
}
