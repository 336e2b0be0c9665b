// Command gen writes what others need to know of the wire's Go structs: the
// TypeScript of the front end and the JSON Schemas of the API's description.
//
//	go run bedside/web/wire/gen -ts FILE -schema FILE
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	ts := flag.String("ts", "", "write the TypeScript here")
	schema := flag.String("schema", "", "write the JSON Schemas here")
	flag.Parse()
	if err := run(*ts, *schema); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

// run writes the files that are named.
func run(ts, schema string) error {
	docs, err := readDocs(".")
	if err != nil {
		return err
	}
	if ts != "" {
		if err := os.WriteFile(ts, typeScript(docs), 0o644); err != nil {
			return err
		}
	}
	if schema == "" {
		return nil
	}
	b, err := schemas(docs)
	if err != nil {
		return err
	}
	return os.WriteFile(schema, b, 0o644)
}
