package flows

import (
	"slices"

	"go.yaml.in/yaml/v3"
)

// What is sound YAML and stands one step too deep or too shallow. It is told
// as what it is, and read where it belongs, so that one slip is one problem.

// shelter gives keys that stand among the members of a section, and are keys of
// a member, to the member above them.
func (r *reader) shelter(section *yaml.Node, what string, own []string) {
	if section == nil || section.Kind != yaml.MappingNode {
		return
	}
	kept := section.Content[:0]
	for i := 0; i+1 < len(section.Content); i += 2 {
		key, value := section.Content[i], section.Content[i+1]
		if len(kept) > 0 && contains(own, key.Value) && !hasAny(value, own) && adopt(kept[len(kept)-1], key, value) {
			member := kept[len(kept)-2].Value
			r.fail(r.at(key), codeMisplaced, "`"+key.Value+"` stands among the names of the "+what+"s, and is a key of one of them",
				"write more spaces before it, as before the keys of `"+member+"`")
			continue
		}
		kept = append(kept, key, value)
	}
	section.Content = kept
}

// adopt makes a key one of a member's, where it has none of that name.
func adopt(member, key, value *yaml.Node) bool {
	if isNull(member) {
		*member = yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Line: key.Line, Column: key.Column}
	}
	if member.Kind != yaml.MappingNode || hasAny(member, []string{key.Value}) {
		return false
	}
	member.Content = append(member.Content, key, value)
	return true
}

// hasAny says whether a mapping has one of these keys.
func hasAny(n *yaml.Node, keys []string) bool {
	if n.Kind != yaml.MappingNode {
		return false
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if contains(keys, n.Content[i].Value) {
			return true
		}
	}
	return false
}

// hoisted are sections that no member of another section is called by, unless
// somebody has indented them.
var hoisted = keys{"departments", "consents", "slots", "ladders", "fragments", "flows", "parts"}

// hoist brings a section that stands within another one to the left edge.
func (r *reader) hoist(root *yaml.Node) {
	if root.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(root.Content); i += 2 {
		outer, section := root.Content[i], root.Content[i+1]
		if section.Kind != yaml.MappingNode || !contains(hoisted, outer.Value) {
			continue
		}
		for j := 0; j+1 < len(section.Content); j += 2 {
			key, value := section.Content[j], section.Content[j+1]
			if !contains(hoisted, key.Value) || hasAny(root, []string{key.Value}) || !ofMappings(value) {
				continue
			}
			r.fail(r.at(key), codeMisplaced, "the section `"+key.Value+"` stands within `"+outer.Value+"`", "write no space before it, and two less before what belongs to it")
			section.Content = slices.Delete(section.Content, j, j+2)
			root.Content = append(root.Content, key, value)
			j -= 2
		}
	}
}

// ofMappings says whether a node has members, as a section has and a member of
// one has not.
func ofMappings(n *yaml.Node) bool {
	if n.Kind != yaml.MappingNode || len(n.Content) < 2 {
		return false
	}
	for i := 1; i < len(n.Content); i += 2 {
		if kind := n.Content[i].Kind; kind != yaml.MappingNode && kind != yaml.SequenceNode {
			return false
		}
	}
	return true
}
