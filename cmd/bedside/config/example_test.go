package config

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

var switchedOff = regexp.MustCompile(`^(\s*)# ?(\s*)((?:- )?)([a-z_]+):(\s.*)?$`)

// wholeExample is the example with its commented lines switched on.
func wholeExample(t *testing.T) string {
	data, err := os.ReadFile(example)
	require.NoError(t, err)
	var known []string
	for _, k := range allKeys() {
		known = append(known, k.name(), k.name()+"_file")
	}
	lines := strings.Split(string(data), "\n")
	for i, line := range lines {
		if m := switchedOff.FindStringSubmatch(line); m != nil && slices.Contains(known, m[4]) {
			lines[i] = m[1] + m[2] + m[3] + m[4] + ":" + m[5]
		}
	}
	return strings.Join(lines, "\n")
}

// The example promises to be complete: every key stands in it, in its section,
// with words about it above or beside it.
func TestTheExampleExplainsEveryKey(t *testing.T) {
	var doc yaml.Node
	require.NoError(t, yaml.Unmarshal([]byte(wholeExample(t)), &doc))
	said := map[string]bool{} // whether a key has words, by its path
	var walk func(n *yaml.Node, path string)
	walk = func(n *yaml.Node, path string) {
		if n.Kind == yaml.SequenceNode {
			for _, c := range n.Content {
				walk(c, path+"[]")
			}
			return
		}
		for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
			key, value := n.Content[i], n.Content[i+1]
			full := join(path, key.Value)
			if value.Kind == yaml.SequenceNode && len(value.Content) > 0 && value.Content[0].Kind == yaml.MappingNode {
				said[full+"[]"] = said[full+"[]"] || key.HeadComment != ""
			}
			said[full] = said[full] || key.HeadComment != "" || key.LineComment != "" || value.LineComment != "" || i == 0 && n.HeadComment != ""
			walk(value, full)
		}
	}
	walk(doc.Content[0], "")
	for _, k := range allKeys() {
		words, there := said[k.path]
		if k.secret() && !there {
			words, there = said[k.path+"_file"]
		}
		require.True(t, there, "%s is not in config.example.yaml", k.path)
		require.True(t, words, "%s has no words in config.example.yaml: say what it means and when to change it", k.path)
	}
}

// With everything switched on it is still what Bedside reads, but for what stands
// there as one of two ways.
func TestTheWholeExampleIsSound(t *testing.T) {
	_, err := Parse("config.yaml", []byte(wholeExample(t)), none)
	var left []string
	for _, line := range strings.Split(err.Error(), "\n") {
		if !strings.Contains(line, "_file cannot be read") && !strings.Contains(line, "stands beside") && !strings.Contains(line, "does not name console.clinic.example") {
			left = append(left, line)
		}
	}
	require.Empty(t, left)
}
