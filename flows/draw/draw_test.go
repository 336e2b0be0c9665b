package draw_test

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"html"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/flows"
	"bedside/flows/draw"
)

func outline(t *testing.T, path string) flows.Outline {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	return flows.OutlineOf([]flows.File{{Path: path, Data: data}})
}

// texts are the words of a picture, and proof that it is sound XML.
func texts(t *testing.T, svg []byte) string {
	t.Helper()
	var words strings.Builder
	d := xml.NewDecoder(bytes.NewReader(svg))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return words.String()
		}
		require.NoError(t, err)
		if c, ok := token.(xml.CharData); ok {
			words.Write(c)
			words.WriteByte('\n')
		}
	}
}

func TestEveryPartOfTheReferenceIsInThePicture(t *testing.T) {
	o := outline(t, "../testdata/reference/reference.yaml")
	svg, err := draw.SVG(o, draw.Options{Language: "en"})
	require.NoError(t, err)
	words := texts(t, svg)
	ways := 0
	for _, p := range o.Parts {
		require.Contains(t, words, p.ID)
		for _, s := range p.Steps {
			for _, w := range s.Ways {
				if w.To != "" && w.To != "resume" {
					ways++
				}
			}
		}
	}
	require.Contains(t, words, "I need a doctor now")
	require.Contains(t, words, "visit")
	require.Equal(t, ways, bytes.Count(svg, []byte("marker-end")), "an arrow for every way")
	again, err := draw.SVG(o, draw.Options{Language: "en"})
	require.NoError(t, err)
	require.Equal(t, svg, again, "the same outline gives the same bytes")
}

// What an author or a patient wrote is text in the picture, never markup.
func TestWordsAreNoMarkup(t *testing.T) {
	evil := `<script>alert("x")</script>&`
	o := flows.Outline{Languages: []string{"en"}, Parts: []flows.OutlinePart{{ID: "hello", Steps: []flows.OutlineStep{
		{Place: flows.Place{Part: "hello", Step: 1}, Verb: "say", Text: flows.Text{"en": evil}, If: `who == "<b>"`},
	}}}}
	svg, err := draw.SVG(o, draw.Options{})
	require.NoError(t, err)
	require.NotContains(t, string(svg), "<script")
	require.Contains(t, texts(t, svg), evil)
	require.NotContains(t, draw.Mermaid(o, draw.Options{}), "<script")
}

func TestProblemsAndTrafficAreShown(t *testing.T) {
	path := "../testdata/broken/unknown-part.yaml"
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	files := []flows.File{{Path: path, Data: data}}
	_, problems := flows.Compile(files)
	require.NotEmpty(t, problems)
	o := flows.OutlineOf(files)
	first := o.Parts[0].Steps[0].Place
	opts := draw.Options{Problems: problems, Traffic: map[flows.Place]draw.Traffic{first: {Here: 12, Stopped: 3}}}
	for _, dark := range []bool{false, true} {
		opts.Dark = dark
		svg, err := draw.SVG(o, opts)
		require.NoError(t, err)
		words := texts(t, svg)
		require.Contains(t, words, "there is no part `nowhere`")
		require.Contains(t, words, "● 12")
		require.Contains(t, words, "✕ 3")
	}
	require.Contains(t, draw.Mermaid(o, opts), ":::broken")
	require.Contains(t, draw.DOT(o, opts), "fillcolor")
}

// A problem of a part itself colours its name, and one that stands in another
// section no step that happens to come before it.
func TestProblemsStandWhereTheyBelong(t *testing.T) {
	files := []flows.File{{Path: "flow.yaml", Data: []byte(`bedside: 1
languages: [en]
clinic: {name: {en: C}, phone: "112", zone: UTC}
emergency: {phone: "112"}
flows: {visit: {start: hello}}
parts:
  hello:
    - say: {en: "Call {clinic.phone}."}
    - end: {en: "Goodbye. Call {clinic.phone}."}
  alone:
    - say: {en: "Nobody comes here."}
    - end: {en: "Call {clinic.phone}."}
slots:
  name: {type: tekst, label: {en: Name}, ask: {en: "Name?"}}
`)}}
	_, problems := flows.Compile(files)
	require.Len(t, problems, 3)
	o := flows.OutlineOf(files)
	for _, dark := range []bool{false, true} {
		svg, err := draw.SVG(o, draw.Options{Problems: problems, Dark: dark})
		require.NoError(t, err)
		titles := regexp.MustCompile(`(?s)<title>(.*?)</title>`).FindAllStringSubmatch(string(svg), -1)
		var told []string
		for _, title := range titles {
			if strings.Contains(title[1], "flow.yaml:") {
				told = append(told, title[1])
			}
		}
		require.Len(t, told, 1, "of the slot's section nothing is in the picture")
		require.Contains(t, html.UnescapeString(told[0]), "alone\nflow.yaml:10:3: warning unreachable-part")
	}
}

func TestAFlowOfFortyParts(t *testing.T) {
	o := forty()
	svg, err := draw.SVG(o, draw.Options{})
	require.NoError(t, err)
	require.Contains(t, texts(t, svg), "part_39")
	require.Equal(t, 79, bytes.Count(svg, []byte("marker-end")))
}

func TestAnEmptyOutline(t *testing.T) {
	svg, err := draw.SVG(flows.Outline{}, draw.Options{})
	require.NoError(t, err)
	texts(t, svg)
}

// forty is a flow in which every part asks and leads to two others.
func forty() flows.Outline {
	o := flows.Outline{Languages: []string{"en"}, Doors: []flows.Door{{Name: "visit", Start: "part_0"}}}
	for i := range 40 {
		p := flows.OutlinePart{ID: fmt.Sprintf("part_%d", i)}
		s := flows.OutlineStep{Place: flows.Place{Part: p.ID, Step: 1}, Verb: "choose", Text: flows.Text{"en": "Which way do you want to go from here?"}, Waits: true}
		if i < 39 {
			s.Ways = append(s.Ways, flows.OutlineWay{Word: "on", Text: flows.Text{"en": "Further on"}, To: fmt.Sprintf("part_%d", i+1)})
		}
		s.Ways = append(s.Ways, flows.OutlineWay{Word: "else", Text: flows.Text{"en": "Elsewhere"}, To: fmt.Sprintf("part_%d", i*7%40)})
		p.Steps = append(p.Steps, s, flows.OutlineStep{Place: flows.Place{Part: p.ID, Step: 2}, Verb: "end", Text: flows.Text{"en": "Good bye"}})
		o.Parts = append(o.Parts, p)
	}
	return o
}

func BenchmarkSVGOfFortyParts(b *testing.B) {
	o := forty()
	for b.Loop() {
		if _, err := draw.SVG(o, draw.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func FuzzOutline(f *testing.F) {
	data, err := os.ReadFile("../testdata/reference/reference.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte("bedside: 1\nlanguages: [en]\nparts: {a: [{say: {en: x}}, {goto: b}], b: [{choose: {en: \"]|\\\"\"}, options: [{id: x, text: {en: y}, goto: a}]}]}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		o := flows.OutlineOf([]flows.File{{Path: "x.yaml", Data: data}})
		draw.Mermaid(o, draw.Options{})
		draw.DOT(o, draw.Options{})
	})
}
