package diff

import (
	"fmt"

	"bedside/flows"
)

// Changes are sentences, in the order of the language's sections.
type Changes struct {
	Now   []string // facts of today: they hold at once, for running conversations too
	Later []string // what conversations have that begin from then on

	Parts map[string]bool // names of parts and fragments of the old version that are changed, renamed or gone
}

// None reports whether both versions mean the same.
func (c Changes) None() bool { return len(c.Now) == 0 && len(c.Later) == 0 }

// Between says what changes from one version to another.
func Between(older, newer []flows.File) Changes {
	c := comparison{was: read(older), is: read(newer)}
	c.Parts = map[string]bool{}
	c.renames()
	for _, section := range []string{"clinic", "emergency"} {
		c.Now = append(c.Now, differ(section, c.was.sections.get(section), c.is.sections.get(section))...)
	}
	for _, s := range []struct{ section, one string }{{"holidays", "holidays"}, {"hours", "hours"}, {"departments", "department"}} {
		c.Now = append(c.Now, c.named(s.section, s.one, differ)...)
	}
	c.Later = append(c.Later, differ("languages", c.was.sections.get("languages"), c.is.sections.get("languages"))...)
	c.Later = append(c.Later, c.named("consents", "consent", differ)...)
	c.Later = append(c.Later, c.papers()...)
	c.Later = append(c.Later, c.named("slots", "slot", differ)...)
	c.Later = append(c.Later, c.named("ladders", "ladder", rungs)...)
	c.Later = append(c.Later, rungs("silence", c.was.sections.get("silence"), c.is.sections.get("silence"))...)
	c.Later = append(c.Later, c.named("fragments", "fragment", c.steps)...)
	c.Later = append(c.Later, c.named("flows", "door", differ)...)
	c.Later = append(c.Later, c.named("parts", "part", c.steps)...)
	return c.Changes
}

// comparison is the work under way.
type comparison struct {
	Changes
	was, is version
	renamed map[string]string // parts, old name to new
}

// teller says how one thing differs; what names it at the beginning of a sentence.
type teller func(what string, was, is *tree) []string

// named compares the things of a section by their names.
func (c *comparison) named(section, one string, tell teller) []string {
	was, is := c.was.sections.get(section), c.is.sections.get(section)
	var out []string
	for _, name := range union(was, is) {
		if section == "parts" && c.tellRenamed(name, &out) {
			continue
		}
		a, b := was.get(name), is.get(name)
		what := one + " " + name
		switch {
		case a == nil:
			out = append(out, what+" is new"+size(b))
		case b == nil:
			out = append(out, what+" is gone"+size(a))
			c.touch(section, name)
		case !same(a, b):
			out = append(out, tell(what, a, b)...)
			c.touch(section, name)
		}
	}
	return out
}

// touch notes that somebody may stand in what has changed.
func (c *comparison) touch(section, name string) {
	switch section {
	case "parts":
		c.Parts[name] = true
	case "fragments":
		c.Parts["fragment."+name] = true
	case "ladders":
		c.Parts["ladder."+name] = true
	}
}

// union are the keys of both in the order of the new one, the old ones behind.
func union(was, is *tree) []string {
	var out []string
	if is != nil {
		out = append(out, is.keys...)
	}
	if was != nil {
		for _, k := range was.keys {
			if is.get(k) == nil {
				out = append(out, k)
			}
		}
	}
	return out
}

// size says how long a list is, as of steps.
func size(t *tree) string {
	if t == nil || !t.isList {
		return ""
	}
	if len(t.list) == 1 {
		return " (one step)"
	}
	return fmt.Sprintf(" (%d steps)", len(t.list))
}
