// Command count reads the JSON of go test, prints what a person wants to see of
// it (each package's result, skipped tests, the output of failed ones), and
// writes "PASSED FAILED" to the file it is given. A package that fails without a
// failed test counts as one failure.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
)

// event is one line of go test -json.
type event struct {
	Action, Package, ImportPath, Test, Output string
	Elapsed                                   float64
}

type counter struct {
	passed, failed, skipped int
	output                  map[string][]string // of tests and packages that still run
	blamed                  map[string]bool     // packages with a failed test
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go test -json … | count FILE")
		os.Exit(2)
	}
	c := counter{output: map[string][]string{}, blamed: map[string]bool{}}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var e event
		if json.Unmarshal(lines.Bytes(), &e) != nil || e.Action == "" {
			fmt.Println(lines.Text())
			continue
		}
		c.take(e)
	}
	fmt.Printf("%d passed, %d failed, %d skipped\n", c.passed, c.failed, c.skipped)
	if err := os.WriteFile(os.Args[1], fmt.Appendf(nil, "%d %d\n", c.passed, c.failed), 0o600); err != nil || lines.Err() != nil {
		fmt.Fprintln(os.Stderr, err, lines.Err())
		os.Exit(1)
	}
}

func (c *counter) take(e event) {
	key := e.Package + " " + e.Test
	switch e.Action {
	case "build-output":
		fmt.Print(e.Output)
	case "output":
		c.output[key] = append(c.output[key], e.Output)
	case "pass", "fail", "skip":
		if e.Test == "" {
			c.endPackage(e, key)
		} else {
			c.endTest(e, key)
		}
		delete(c.output, key)
	}
}

func (c *counter) endTest(e event, key string) {
	switch e.Action {
	case "pass":
		c.passed++
	case "skip":
		c.skipped++
		fmt.Printf("skip  %s %s\n", e.Package, strings.TrimSpace(strings.Join(c.output[key], "")))
	case "fail":
		c.failed++
		c.blamed[e.Package] = true
		fmt.Printf("FAIL  %s\n%s", key, strings.Join(c.output[key], ""))
	}
}

func (c *counter) endPackage(e event, key string) {
	if e.Action == "fail" && !c.blamed[e.Package] {
		c.failed++
		fmt.Print(strings.Join(c.output[key], ""))
	}
	fmt.Printf("%-5s %s %.1fs\n", e.Action, e.Package, e.Elapsed)
}
