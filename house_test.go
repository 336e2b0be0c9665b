// Package bedside holds no code: this file holds the rules of the house, which
// docs/architecture.md explains.
package bedside

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// knows are the arrows of the design; an arrow may pass over rooms, so what a
// room may import is everything that its arrows reach.
var knows = map[string][]string{
	"cmd":        {"web"},
	"web":        {"bot/engine"},
	"bot/engine": {"bot", "store", "bot/rooms", "bot/notify"},
	"bot/notify": {"bot"},
	"bot/rooms":  {"bot", "trueconf"},
	"bot":        {"flows"},
	"flows":      {},
	"store":      {},
	"trueconf":   {},
}

// roomOf is the room of a package of ours: the longest name in knows that its
// path begins with.
func roomOf(path string) string {
	path, ours := strings.CutPrefix(path, "bedside/")
	if !ours {
		return ""
	}
	best := ""
	for room := range knows {
		if (path == room || strings.HasPrefix(path, room+"/")) && len(room) > len(best) {
			best = room
		}
	}
	return best
}

func reaches(from, to string) bool {
	return from == to || slices.ContainsFunc(knows[from], func(next string) bool { return reaches(next, to) })
}

type listed struct {
	ImportPath, Dir, Doc               string
	GoFiles, TestGoFiles, XTestGoFiles []string
	Imports, TestImports, XTestImports []string
}

func packages(t *testing.T) []listed {
	t.Helper()
	out, err := exec.Command("go", "list", "-json", "./...").Output()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		t.Fatalf("go list: %s", failed.Stderr)
	}
	require.NoError(t, err)
	var all []listed
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			require.Greater(t, len(all), 10)
			return all
		} else {
			require.NoError(t, err)
		}
		all = append(all, p)
	}
}

func TestRoomsKnowOnlyWhatIsBelow(t *testing.T) {
	for _, p := range packages(t) {
		from := roomOf(p.ImportPath)
		if p.ImportPath == "bedside" {
			continue
		}
		require.NotEmpty(t, from, "%s is in no room of the design", p.ImportPath)
		for _, to := range slices.Concat(p.Imports, p.TestImports, p.XTestImports) {
			if to != "bedside" && !strings.HasPrefix(to, "bedside/") {
				continue
			}
			if !reaches(from, roomOf(to)) {
				t.Errorf("%s imports %s: the room %s may know %v and what they know", p.ImportPath, to, from, knows[from])
			}
		}
	}
}

// The conversation and the flow language are pure: what they are to know of the
// world is handed to them.
func TestPureRoomsTouchNothing(t *testing.T) {
	worldly := regexp.MustCompile(`^(os|net|database|syscall|io/ioutil|log|math/rand|crypto/rand)(/|$)`)
	harmless := []string{"net/mail", "net/netip", "net/url"} // they parse text
	clocks := []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTicker", "NewTimer"}
	for _, p := range packages(t) {
		if room := roomOf(p.ImportPath); room != "bot" && room != "flows" {
			continue
		}
		for _, i := range p.Imports {
			if slices.Contains(harmless, i) {
				continue
			}
			require.False(t, worldly.MatchString(i), "%s imports %s", p.ImportPath, i)
		}
		for _, name := range p.GoFiles {
			for call, place := range calls(t, filepath.Join(p.Dir, name), "time") {
				require.NotContains(t, clocks, call, "%s reads the clock", place)
			}
		}
	}
}

// calls are the names of a package that a file uses, each with a place.
func calls(t *testing.T, path, pkg string) map[string]string {
	t.Helper()
	files := token.NewFileSet()
	f, err := parser.ParseFile(files, path, nil, 0)
	require.NoError(t, err)
	out := map[string]string{}
	ast.Inspect(f, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok && x.Name == pkg {
				out[s.Sel.Name] = files.Position(s.Pos()).String()
			}
		}
		return true
	})
	return out
}

func TestEveryPackageStatesItsContract(t *testing.T) {
	for _, p := range packages(t) {
		if len(p.GoFiles) > 0 {
			require.NotEmpty(t, p.Doc, "%s has no package comment", p.ImportPath)
		}
	}
}

const (
	mostLines     = 500
	mostTestLines = 900
	mostBody      = 70
)

// generated is the mark that our generators leave in the first line.
var generated = regexp.MustCompile(`^// (Code g|G)enerated `)

func TestFilesAndFunctionsAreShort(t *testing.T) {
	for path, text := range sources(t, ".go", ".ts", ".css") {
		if generated.Match(text) {
			continue
		}
		most := mostLines
		if strings.HasSuffix(path, "_test.go") || strings.Contains(path, ".test.") {
			most = mostTestLines
		}
		require.LessOrEqual(t, bytes.Count(text, []byte("\n")), most, "%s holds more than one idea", path)
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			continue
		}
		files := token.NewFileSet()
		f, err := parser.ParseFile(files, path, text, 0)
		require.NoError(t, err)
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Body != nil {
				lines := files.Position(fn.End()).Line - files.Position(fn.Pos()).Line + 1
				require.LessOrEqual(t, lines, mostBody, "%s: %s is longer than a screen", path, fn.Name.Name)
			}
		}
	}
}

// Words that put off work, and addresses of one developer's machine.
func TestNothingIsPutOffOrTiedToAMachine(t *testing.T) {
	putOff := regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME|XX` + `X)\b|not implemen` + `ted|for n` + `ow\b`)
	machine := regexp.MustCompile(`(^|[^A-Za-z0-9_.-])/(home|ro` + `ot|wo` + `rk|Users)/[a-z]`)
	for path, text := range sources(t, ".go", ".ts", ".css", ".html", ".md", ".yaml", ".mod", ".json", "Makefile", "run") {
		for i, line := range strings.Split(string(text), "\n") {
			place := path + ":" + strconv.Itoa(i+1)
			require.False(t, putOff.MatchString(line), "%s puts something off: %s", place, line)
			require.False(t, machine.MatchString(line), "%s names a path of a machine: %s", place, line)
		}
	}
}

// sources are the files of the project with one of these endings, without what
// is bundled or fetched.
func sources(t *testing.T, endings ...string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if slices.Contains([]string{".git", ".cache", "node_modules", "dist", "bin", "testdata", "data"}, d.Name()) {
				return filepath.SkipDir
			}
			return nil
		}
		if !d.Type().IsRegular() || !slices.ContainsFunc(endings, func(e string) bool { return strings.HasSuffix(path, e) }) {
			return nil
		}
		out[path], err = os.ReadFile(path)
		return err
	})
	require.NoError(t, err)
	require.NotEmpty(t, out)
	return out
}
