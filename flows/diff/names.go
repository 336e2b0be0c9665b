package diff

import "slices"

// ways are the keys behind which the name of a part stands.
var ways = []string{"goto", "if_yes", "if_no", "refused", "closed", "nobody", "none", "start"}

// renames finds parts that have only another name, and gives them that name in the
// old version too, so that nothing is told of the jumps to them.
func (c *comparison) renames() {
	c.renamed = map[string]string{}
	was, is := c.was.sections.get("parts"), c.is.sections.get("parts")
	if was == nil || is == nil {
		return
	}
	taken := map[string]bool{}
	for _, old := range was.keys {
		if is.get(old) != nil {
			continue
		}
		for _, name := range is.keys {
			if was.get(name) == nil && !taken[name] && same(was.get(old), is.get(name)) {
				c.renamed[old], taken[name] = name, true
				break
			}
		}
	}
	if len(c.renamed) > 0 {
		c.rename(c.was.sections, "")
	}
}

// rename writes the new names into the jumps of the old version.
func (c *comparison) rename(t *tree, key string) {
	for _, k := range t.keys {
		inner := k
		if key == "then" { // its keys are options, its values parts
			inner = "goto"
		}
		c.rename(t.fields[k], inner)
	}
	for _, item := range t.list {
		c.rename(item, "")
	}
	if name := c.renamed[t.scalar]; name != "" && slices.Contains(ways, key) {
		t.scalar = name
	}
}

// tellRenamed says that a part has another name; true where the name needs no
// more words.
func (c *comparison) tellRenamed(name string, out *[]string) bool {
	if c.renamed[name] != "" {
		return true // the old name; told with the new one
	}
	for old, is := range c.renamed {
		if is == name {
			*out = append(*out, "part "+old+" is called "+name+" from then on")
			c.Parts[old] = true
			return true
		}
	}
	return false
}

// papers compares what the consents' documents say. It tells of one that has
// changed under the same version, for nobody is asked again then.
func (c *comparison) papers() []string {
	was, is := c.was.sections.get("consents"), c.is.sections.get("consents")
	var out []string
	for _, id := range union(was, is) {
		a, b := was.get(id), is.get(id)
		if a == nil || b == nil {
			continue
		}
		for _, lang := range union(a.get("document"), b.get("document")) {
			old, now := c.was.document(a.get("document").text(lang)), c.is.document(b.get("document").text(lang))
			if old == now || old == "" || now == "" {
				continue
			}
			text := "consent " + id + ", the document in " + lang + " says something else"
			if a.text("version") == b.text("version") {
				text += ", under the same version " + quoted(b.text("version")) + ": who has agreed is not asked again"
			}
			out = append(out, text)
		}
	}
	return out
}
