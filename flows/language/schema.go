package language

import (
	"encoding/json"
	"strings"
)

// object is a piece of JSON schema.
type object = map[string]any

// Schema writes the table as a JSON schema (draft 7, which editors know) by
// which an editor completes keys and marks what is misspelt. It is looser than
// `bedside flow check`, which alone decides.
func Schema() []byte {
	defs := object{"words": object{
		"type": "object", "minProperties": 1,
		"propertyNames":        object{"pattern": "^[a-z]{2,3}(-[A-Za-z0-9]+)*$"},
		"additionalProperties": object{"type": "string"},
	}}
	var verbs []any
	common := object{}
	for _, m := range Table() {
		if m.Name == "step" {
			common = properties(m)
		}
	}
	for _, m := range Table() {
		switch {
		case m.Named != "" || m.Name == "step":
		case isVerb(m):
			verbs = append(verbs, mapping(m, common))
		default:
			defs[ref(m.Name)] = mapping(m, nil)
		}
	}
	defs["step"] = object{"oneOf": verbs}
	defs["hours"] = object{"type": "object", "additionalProperties": object{"type": []string{"string", "array"}}}
	root := defs["file"].(object)
	delete(defs, "file")
	root["$schema"] = "http://json-schema.org/draft-07/schema#"
	root["title"] = "A Bedside flow"
	root["definitions"] = defs
	delete(root, "required") // a file of a folder need not have every section
	out, err := json.MarshalIndent(root, "", "  ")
	if err != nil {
		panic("language: a schema that cannot be written: " + err.Error()) // our own table
	}
	return append(out, '\n')
}

// isVerb says whether a mapping is a step by its verb, its first key.
func isVerb(m Mapping) bool { return len(m.Keys) > 0 && m.Keys[0].Name == m.Name && m.Name != "step" }

func ref(name string) string { return strings.ReplaceAll(name, " ", "_") }

func mapping(m Mapping, more object) object {
	props := properties(m)
	for k, v := range more {
		props[k] = v
	}
	out := object{"type": "object", "description": m.Meaning, "properties": props, "additionalProperties": false}
	var needed []string
	for _, k := range m.Keys {
		if k.Needed {
			needed = append(needed, k.Name)
		}
	}
	if needed != nil {
		out["required"] = needed
	}
	return out
}

func properties(m Mapping) object {
	props := object{}
	for _, k := range m.Keys {
		p := schemaOf(k.Value)
		if p["$ref"] == nil {
			p["description"] = k.Meaning
		}
		props[k.Name] = p
	}
	return props
}

func link(name string) object { return object{"$ref": "#/definitions/" + ref(name)} }

func list(of object) object { return object{"type": "array", "items": of} }

// members is a mapping whose keys are the author's names.
func members(name string) object {
	var of object
	switch name {
	case "part", "fragment":
		of = list(link("step"))
	case "ladder":
		of = list(link("rung"))
	case "holidays":
		of = object{"type": "object"}
	default:
		of = link(name)
	}
	return object{"type": "object", "additionalProperties": of}
}

func schemaOf(v Value) object {
	kind, name, _ := strings.Cut(string(v), ":")
	switch {
	case kind == "mapping":
		return link(name)
	case kind == "members":
		return members(name)
	case kind == "one of":
		return object{"enum": strings.Fields(name)}
	}
	switch v {
	case One:
		return object{"const": 1}
	case Words:
		return link("words")
	case Truth:
		return object{"type": "boolean"}
	case Number:
		return object{"type": "number"}
	case Whole:
		return object{"type": "integer", "minimum": 1}
	case Span:
		return object{"type": "string", "pattern": "^([0-9]+d|([0-9]+h)?([0-9]+m)?([0-9]+s)?)$"}
	case Names:
		return list(object{"type": "string"})
	case WordLists:
		return object{"type": "object", "additionalProperties": list(object{"type": "string"})}
	case Files, Branches:
		return object{"type": "object", "additionalProperties": object{"type": "string"}}
	case Literals:
		return object{"type": "object"}
	case Steps:
		return list(link("step"))
	case Rungs:
		return list(link("rung"))
	case Silences:
		return list(link("reminder"))
	case Options:
		return list(link("option"))
	case Dials:
		return list(link("button"))
	case Times, DayOff:
		return object{"type": []string{"string", "array"}}
	case Date:
		return object{"type": "string"}
	}
	return object{"type": "string"}
}
