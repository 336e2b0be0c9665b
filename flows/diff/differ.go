package diff

import (
	"fmt"
	"slices"
	"strings"
)

// differ compares two values of any shape.
func differ(what string, was, is *tree) []string {
	switch {
	case same(was, is):
		return nil
	case was == nil:
		return []string{what + " is new" + valued(is)}
	case is == nil:
		return []string{what + " is gone" + valued(was)}
	case was.fields != nil && is.fields != nil:
		return mappings(what, was, is)
	case byID(was) && byID(is):
		return options(what, was, is)
	case scalars(was) && scalars(is):
		return members(what, was, is)
	case was.isList || is.isList || was.fields != nil || is.fields != nil:
		return []string{fmt.Sprintf("%s is %s (was %s)", what, short(is), short(was))}
	}
	return []string{fmt.Sprintf("%s is %s (was %s)", what, quoted(is.scalar), quoted(was.scalar))}
}

func mappings(what string, was, is *tree) []string {
	var out []string
	for _, k := range union(was, is) {
		out = append(out, differ(under(what, k), was.get(k), is.get(k))...)
	}
	return out
}

// under names a field; what the language calls shortly is said in words.
func under(what, key string) string {
	if words := said[key]; words != "" {
		key = words
	} else if len(key) == 2 { // a language; the language of flows has no other word so short
		return what + " in " + key
	}
	if strings.HasSuffix(what, ":") {
		return what + " " + key
	}
	if strings.Contains(what, ", ") || strings.Contains(what, " in ") {
		return what + " " + key
	}
	return what + ", " + key
}

var said = map[string]string{
	"ask": "question", "tell": "words", "say": "words", "if": "condition", "words": "words that alarm",
	"valid": "validity", "red_flag": "red flag", "title": "title", "start": "first part",
}

// options compares lists whose members have an id.
func options(what string, was, is *tree) []string {
	var out []string
	what = strings.TrimSuffix(what, ", options")
	a, b := indexed(was), indexed(is)
	for _, id := range union(a, b) {
		out = append(out, differ(under(what, "option "+id), a.get(id), b.get(id))...)
	}
	if len(out) == 0 {
		out = append(out, what+": the options stand in another order")
	}
	return out
}

func indexed(t *tree) *tree {
	out := &tree{fields: map[string]*tree{}}
	for _, item := range t.list {
		rest := &tree{fields: map[string]*tree{}}
		for _, k := range item.keys {
			if k != "id" {
				rest.set(k, item.fields[k])
			}
		}
		out.set(item.text("id"), rest)
	}
	return out
}

func byID(t *tree) bool {
	return t.isList && len(t.list) > 0 && !slices.ContainsFunc(t.list, func(i *tree) bool { return i.get("id") == nil })
}

func scalars(t *tree) bool {
	return t.isList && !slices.ContainsFunc(t.list, func(i *tree) bool { return i.isList || i.fields != nil })
}

// members compares lists of words.
func members(what string, was, is *tree) []string {
	a, b := words(was), words(is)
	var out []string
	for _, w := range b {
		if !slices.Contains(a, w) {
			out = append(out, what+": "+quoted(w)+" is new")
		}
	}
	for _, w := range a {
		if !slices.Contains(b, w) {
			out = append(out, what+": "+quoted(w)+" is gone")
		}
	}
	if len(out) == 0 {
		out = append(out, what+" is in another order: "+strings.Join(b, ", "))
	}
	return out
}

func words(t *tree) []string {
	out := make([]string, len(t.list))
	for i, item := range t.list {
		out[i] = item.scalar
	}
	return out
}

// valued shows what is new or gone, where it is short.
func valued(t *tree) string {
	if t.fields != nil {
		return ""
	}
	return ": " + short(t)
}

// short is a value in a few words.
func short(t *tree) string {
	switch {
	case t.fields != nil:
		for _, k := range t.keys {
			if v := t.fields[k]; v.fields == nil && !v.isList {
				return quoted(v.scalar) // of a text in several languages the first
			}
		}
		return "{" + strings.Join(t.keys, ", ") + "}"
	case t.isList:
		return strings.Join(words(t), ", ")
	}
	return quoted(t.scalar)
}

const shown = 80 // characters of a text

func quoted(text string) string {
	line := strings.Join(strings.Fields(text), " ")
	if r := []rune(line); len(r) > shown {
		line = string(r[:shown-1]) + "…"
	}
	return "“" + line + "”"
}
