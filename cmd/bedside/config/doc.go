// Package config reads the one YAML file with which a clinic runs Bedside.
//
// [Load] answers with a whole [Config] or with [Problems]: everything that is
// wrong at once, each with file, line and column and with what to write
// instead. Unknown keys are refused, so a misspelt limit is never a limit that
// silently does not hold. Paths in the file are relative to the file's folder.
//
// Whatever is secret has the type [Secret], which prints masked, and may stand
// in three places: in the file, in a file of its own (the same key with _file
// behind it), or in the environment (the variable is named in Config). Two of
// the first kinds at once are refused; the environment wins over both.
//
// The file config.example.yaml at the root of the project names every key.
package config

//go:generate env UPDATE=1 go test -count=1 -run TheReferenceIsCurrent .
