// Package texts takes the texts out of flow files for translators, as gettext
// PO files, and puts translations back into the YAML.
//
// A text is known by its path (slots.name.ask, parts.hello.2.say), which is the
// entry's context, so that equal words in two places may be translated in two
// ways. Putting back changes the places of the texts alone: comments, order and
// spacing of a file stay as their author wrote them, byte by byte.
//
// The package is pure: files come in and go out as bytes.
package texts
