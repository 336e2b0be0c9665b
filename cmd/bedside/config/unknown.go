package config

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"bedside/flows/near"
)

// unknown reports a key that the section does not know: with the one that was
// probably meant, or the section to which it belongs.
func (d *decoder) unknown(path string, n *yaml.Node, t reflect.Type) {
	full, here := join(path, n.Value), words(t)
	slices.Sort(here)
	meant, cure := guess(n.Value, section(path), here)
	if meant != "" {
		// What was meant is not missing as well.
		d.bad[join(path, meant)] = true
		d.bad[join(path, strings.TrimSuffix(meant, "_file"))] = true
	}
	if cure == "" {
		cure = "known here: " + strings.Join(here, ", ")
	}
	d.report(full, n, "unknown key "+full, cure)
}

// section is a path without the numbers of list items.
func section(path string) string {
	var b strings.Builder
	inside := false
	for _, r := range path {
		if r == ']' {
			inside = false
		}
		if !inside {
			b.WriteRune(r)
		}
		if r == '[' {
			inside = true
		}
	}
	return b.String()
}

// guess finds the key of this section that was meant, "" for none, and says it.
func guess(word, parent string, here []string) (meant, cure string) {
	if latin, where := looksLike(word); where != "" {
		if slices.Contains(here, latin) {
			return latin, where + ": write `" + latin + "` in Latin letters"
		}
		word = latin
	}
	for _, k := range here {
		if plain(k) == plain(word) {
			return k, "did you mean `" + k + "`?"
		}
	}
	hints := []string{}
	if meant = near.Name(word, here); meant != "" {
		hints = append(hints, "did you mean `"+meant+"`?")
	}
	if places := homes(word, parent); len(places) > 0 {
		hints = append(hints, "`"+word+"` belongs "+strings.Join(places, " or "))
	} else if meant == "" {
		if far := near.Name(word, everywhere(parent)); far != "" {
			hints = append(hints, "did you mean `"+far+"`, which belongs "+strings.Join(homes(far, parent), " or ")+"?")
		}
	}
	return meant, strings.Join(hints, " ")
}

// plain is a key as people spell it who think of another program.
func plain(k string) string {
	return strings.ToLower(strings.NewReplacer("_", "", "-", "", " ", "").Replace(k))
}

// homes are the other sections in which a key of this name stands.
func homes(word, parent string) []string {
	var out []string
	for _, k := range allKeys() {
		if k.parent == parent || (k.name() != word && !(k.secret() && k.name()+"_file" == word)) {
			continue
		}
		if k.parent == "" {
			out = append(out, "at the top of the file")
		} else {
			out = append(out, "below "+strings.ReplaceAll(k.parent, "[]", "")+":")
		}
	}
	return out
}

// everywhere are the names of all keys of other sections.
func everywhere(parent string) []string {
	var out []string
	for _, k := range allKeys() {
		if k.parent != parent && !slices.Contains(out, k.name()) {
			out = append(out, k.name())
		}
	}
	return out
}

// lookAlikes are letters of other alphabets that a keyboard left in Russian or
// Greek writes, and that nobody tells from the Latin ones.
var lookAlikes = map[rune]rune{
	'а': 'a', 'А': 'a', 'в': 'b', 'В': 'b', 'с': 'c', 'С': 'c', 'е': 'e', 'Е': 'e', 'ё': 'e', 'һ': 'h', 'Н': 'h', 'і': 'i', 'І': 'i',
	'ј': 'j', 'к': 'k', 'К': 'k', 'М': 'm', 'м': 'm', 'о': 'o', 'О': 'o', 'р': 'p', 'Р': 'p', 'ѕ': 's', 'т': 't', 'Т': 't',
	'у': 'y', 'У': 'y', 'х': 'x', 'Х': 'x', 'п': 'n', 'ԁ': 'd', 'ո': 'n',
	'ο': 'o', 'Ο': 'o', 'α': 'a', 'ν': 'v', 'ρ': 'p', 'ι': 'i', 'κ': 'k', 'τ': 't', 'υ': 'u', 'ε': 'e', 'γ': 'y',
	'‐': '_', '‑': '_', '–': '_', '—': '_', '＿': '_',
}

// looksLike writes a key in Latin letters; where names the first that was none,
// "" where all are.
func looksLike(word string) (latin, where string) {
	var b strings.Builder
	position := 0
	for _, r := range word {
		position++
		l, ok := lookAlikes[r]
		if !ok {
			b.WriteRune(r)
			continue
		}
		if where == "" {
			where = fmt.Sprintf("its character %d, `%c`, is U+%04X of another alphabet", position, r, r)
		}
		b.WriteRune(l)
	}
	return b.String(), where
}
