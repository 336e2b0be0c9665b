package flows_test

import (
	"fmt"
	"time"

	"bedside/flows"
)

func Example() {
	source := `bedside: 1
languages: [en]
clinic: {name: {en: "Rassvet Clinic"}, phone: "+7 495 000-00-00", zone: Europe/Moscow}
emergency: {phone: "103"}
slots:
  name: {type: text, label: {en: "Name"}, ask: {en: "What is your name?"}}
flows:
  visit: {start: hello, title: {en: "Say hello"}}
parts:
  hello:
    - ask: name
    - end: {en: "Hello {name}, this is {clinic.name}, {clinic.phone}."}
`
	program, problems := flows.Compile([]flows.File{{Path: "hello.yaml", Data: []byte(source)}})
	for _, p := range problems {
		fmt.Println(p)
	}
	memory := flows.Memory{Language: program.Language("en-GB")}
	facts := flows.Facts{Now: time.Date(2027, 2, 15, 9, 0, 0, 0, time.UTC)}

	turn, _ := program.Begin("", memory, facts)
	for _, e := range turn.Events {
		memory = memory.After(e)
	}
	fmt.Println(turn.Events[0].(flows.Asked).Text)

	turn, _ = program.Answer(memory, flows.Input{Text: " Ann "}, facts)
	fmt.Println(turn.Events[1].(flows.Ended).Text)
	// Output:
	// What is your name?
	// Hello Ann, this is Rassvet Clinic, +7 495 000-00-00.
}

func ExampleCompile_problems() {
	source := "bedside: 1\nlanguages: [en]\nparts:\n  hello:\n    - syy: {en: Hi}\n    - goto: helo\n"
	_, problems := flows.Compile([]flows.File{{Path: "hello.yaml", Data: []byte(source)}})
	for _, p := range problems[3:] {
		fmt.Println(p)
	}
	// Output:
	// hello.yaml:5:7: error no-verb: there is no verb `syy`, did you mean `say`?
	// hello.yaml:6:13: error unknown-part: there is no part `helo`, did you mean `hello`?
}
