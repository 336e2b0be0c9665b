package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// The tests run at the root of the project, as the command does.
func TestMain(m *testing.M) {
	if err := os.Chdir("../.."); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// Whatever stands beside the program is there, and its links lead somewhere.
func TestLinksFollowTheirFiles(t *testing.T) {
	for _, b := range beside {
		data, err := os.ReadFile(b[0])
		require.NoError(t, err)
		if !strings.HasSuffix(b[0], ".md") {
			continue
		}
		page, err := relink(data, b[0], b[1])
		require.NoError(t, err)
		for _, found := range link.FindAllSubmatch(page, -1) {
			end := filepath.ToSlash(filepath.Join(filepath.Dir(b[1]), string(found[1])))
			there := false
			for _, other := range beside {
				there = there || other[1] == end
			}
			require.True(t, there, "%s links to %s", b[1], end)
		}
		require.NotContains(t, string(page), "](#)")
	}
	_, err := relink([]byte("see [this](nowhere.md)"), "docs/install.md", "INSTALL.md")
	require.ErrorContains(t, err, "nowhere.md")
}

// Two archives of the same files are the same bytes, whenever they are made.
func TestArchivesAreAlike(t *testing.T) {
	files := []file{{"bedside", 0o755, []byte("program")}, {"docs/a.md", 0o644, []byte("words")}}
	made := time.Unix(1700000000, 0)
	one, err := tarred("bedside-1", files, made)
	require.NoError(t, err)
	two, err := tarred("bedside-1", files, made)
	require.NoError(t, err)
	require.Equal(t, one, two)
	z, err := gzip.NewReader(bytes.NewReader(one))
	require.NoError(t, err)
	r := tar.NewReader(z)
	head, err := r.Next()
	require.NoError(t, err)
	require.Equal(t, "bedside-1/bedside", head.Name)
	require.Equal(t, int64(0o755), head.Mode)
	text, err := io.ReadAll(r)
	require.NoError(t, err)
	require.Equal(t, "program", string(text))
	one, err = zipped("bedside-1", files, made)
	require.NoError(t, err)
	two, err = zipped("bedside-1", files, made)
	require.NoError(t, err)
	require.Equal(t, one, two)
}

// No engine builds the image here, so what can be read of its file is: what it
// copies is there, it runs as nobody, keeps its data and says whether it lives.
func TestContainerfile(t *testing.T) {
	text, err := os.ReadFile("Containerfile")
	require.NoError(t, err)
	joined := strings.ReplaceAll(string(text), "\\\n", " ")
	stages := strings.Split(joined, "\nFROM ")
	require.Len(t, stages, 3)
	for _, line := range regexp.MustCompile(`(?m)^COPY ([^-].*)$`).FindAllStringSubmatch(joined, -1) {
		words := strings.Fields(line[1])
		for _, from := range words[:len(words)-1] {
			require.FileExists(t, filepath.Join(from, map[bool]string{true: "go.mod"}[from == "."]))
		}
	}
	last := stages[2]
	require.Regexp(t, `(?m)^USER [1-9]\d*:[1-9]\d*$`, last)
	require.Regexp(t, `(?m)^VOLUME /var/lib/bedside$`, last)
	require.Regexp(t, `(?m)^HEALTHCHECK .*CMD \["/usr/local/bin/bedside", "service", "status"`, last)
	require.Contains(t, last, "/etc/ssl/certs/ca-certificates.crt")
	version, err := os.ReadFile("go.mod")
	require.NoError(t, err)
	require.Contains(t, joined, "golang:"+regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindStringSubmatch(string(version))[1])
	ignored, err := os.ReadFile(".containerignore")
	require.NoError(t, err)
	require.Contains(t, string(ignored), ".git\n")
}
