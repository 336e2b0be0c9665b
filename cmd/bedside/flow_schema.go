package main

import "bedside/flows/language"

type flowSchemaCommand struct {
	Out string `short:"o" placeholder:"FILE" help:"Where the schema goes; without it, to standard output."`
}

// Help is printed under the usage.
func (flowSchemaCommand) Help() string {
	return `Editors that know YAML schemas complete keys, show what each means and mark what is
misspelt. Write the schema beside the flow, and in the first line of each file:

  # yaml-language-server: $schema=./bedside-flow.schema.json

What is right in the end is for bedside flow check to say.

Example:
  bedside flow schema -o flows/bedside-flow.schema.json`
}

// Run prints the schema.
func (c flowSchemaCommand) Run(s streams) error { return writeTo(s, c.Out, language.Schema()) }
