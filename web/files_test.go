package web_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"mime"
	"mime/multipart"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bedside/bot"
	"bedside/web"
	"bedside/web/wire"

	"github.com/stretchr/testify/require"
)

// hidden says where a picture was taken.
const hidden = "GPS-55.7558N"

// phonePhoto is a JPEG with a comment that says where it was taken.
func phonePhoto(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 600, 400)), nil))
	out := append([]byte{}, b.Bytes()[:2]...)
	out = append(out, 0xFF, 0xE1, 0, byte(2+6+len(hidden)))
	out = append(append(out, "Exif\x00\x00"+hidden...), b.Bytes()[2:]...)
	return out
}

// field is a part of a form.
type field struct{ name, file, value string }

func (p *person) form(fields ...field) *http.Request {
	p.h.t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	for _, f := range fields {
		create := form.CreateFormField
		if f.name == "file" {
			create = func(name string) (io.Writer, error) { return form.CreateFormFile(name, f.file) }
		}
		part, err := create(f.name)
		require.NoError(p.h.t, err)
		_, err = io.WriteString(part, f.value)
		require.NoError(p.h.t, err)
	}
	require.NoError(p.h.t, form.Close())
	r := p.request("POST", "/api/v1/conversations/"+p.id+"/files", b.String())
	r.Header.Set("Content-Type", form.FormDataContentType())
	return r
}

func (p *person) post(r *http.Request) (int, []byte) {
	p.h.t.Helper()
	res, err := http.DefaultClient.Do(r)
	require.NoError(p.h.t, err)
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	require.NoError(p.h.t, err)
	c, err := described()
	require.NoError(p.h.t, err)
	require.NoError(p.h.t, c.answered(res.Request, res, b), "%s", b)
	return res.StatusCode, b
}

// attach sends a file and wants it to be taken.
func (p *person) attach(key, name string, data []byte) bot.FileSent {
	p.h.t.Helper()
	status, b := p.post(p.form(field{name: "key", value: key}, field{"file", name, string(data)}))
	require.Equal(p.h.t, 200, status, "%s", b)
	var out struct {
		Entries []struct {
			Kind bot.Kind
			Body bot.FileSent
		}
	}
	require.NoError(p.h.t, json.Unmarshal(b, &out))
	require.Len(p.h.t, out.Entries, 1)
	require.Equal(p.h.t, bot.FileWasSent, out.Entries[0].Kind)
	return out.Entries[0].Body
}

func (p *person) noFile(status int, code bot.Code, fields ...field) wire.Problem {
	p.h.t.Helper()
	got, b := p.post(p.form(fields...))
	require.Equal(p.h.t, status, got, "%s", b)
	var problem wire.Problem
	require.NoError(p.h.t, json.Unmarshal(b, &problem))
	require.Equal(p.h.t, code, problem.Code, problem.Detail)
	require.NotEmpty(p.h.t, problem.Detail)
	return problem
}

func (p *person) get(path string) (*http.Response, []byte) {
	p.h.t.Helper()
	res, err := http.DefaultClient.Do(p.request("GET", "/api/v1/conversations/"+p.id+path, nil))
	require.NoError(p.h.t, err)
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	require.NoError(p.h.t, err)
	return res, b
}

// consulting is a patient and the doctor who has them.
func (h *house) consulting() (patient, doctor *person) {
	patient = h.patient()
	doctor = h.staff("vera").with(patient)
	doctor.do(wire.Command{Do: bot.DoClaim})
	return patient, doctor
}

func TestAPhotoReachesTheDoctorWithoutItsPlace(t *testing.T) {
	h := newHouse(t)
	patient, doctor := h.consulting()
	sent := patient.attach("photo", "Сыпь <на руке>.JPG", phonePhoto(t))
	require.Equal(t, "Сыпь на руке.JPG", sent.Name)
	require.Equal(t, "image/jpeg", sent.Type)
	require.Equal(t, [2]int{600, 400}, [2]int{sent.Width, sent.Height})
	require.True(t, sent.Small)
	require.Equal(t, sent, patient.attach("photo", "other.jpg", phonePhoto(t)), "the same key is answered again")
	kinds := 0
	for _, e := range doctor.entries("after=0").Entries {
		if e.Kind == bot.FileWasSent {
			kinds++
		}
	}
	require.Equal(t, 1, kinds, "and recorded once")

	for _, reader := range []*person{patient, doctor} {
		res, b := reader.get("/files/" + sent.File)
		require.Equal(t, 200, res.StatusCode)
		require.NotContains(t, string(b), hidden)
		require.EqualValues(t, sent.Size, len(b))
		_, err := jpeg.Decode(bytes.NewReader(b))
		require.NoError(t, err)
		kind, with, err := mime.ParseMediaType(res.Header.Get("Content-Disposition"))
		require.NoError(t, err)
		require.Equal(t, "attachment", kind)
		require.Equal(t, sent.Name, with["filename"])
		for name, want := range map[string]string{
			"Content-Type": "image/jpeg", "X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store",
			"Content-Security-Policy": "sandbox; default-src 'none'", "Cross-Origin-Resource-Policy": "same-origin",
		} {
			require.Equal(t, want, res.Header.Get(name), name)
		}
		res, b = reader.get("/files/" + sent.File + "/thumbnail")
		require.Equal(t, 200, res.StatusCode)
		small, err := jpeg.DecodeConfig(bytes.NewReader(b))
		require.NoError(t, err)
		require.Equal(t, 480, small.Width)
	}
	require.NotContains(t, h.log.String(), "Сыпь")
}

const onePDF = "%PDF-1.4\n1 0 obj<<>>endobj\nxref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R>>\nstartxref\n29\n%%EOF\n"

func TestADoctorSendsAPDF(t *testing.T) {
	h := newHouse(t)
	patient, doctor := h.consulting()
	sent := doctor.attach("pdf", "report.exe", []byte(onePDF))
	require.Equal(t, "report.exe.pdf", sent.Name, "a name says no more than the content")
	require.False(t, sent.Small)
	res, b := patient.get("/files/" + sent.File)
	require.Equal(t, 200, res.StatusCode)
	require.Equal(t, onePDF, string(b))
	res, _ = patient.get("/files/" + sent.File + "/thumbnail")
	require.Equal(t, 404, res.StatusCode)
}

func TestStrangersGetNoFile(t *testing.T) {
	h := newHouse(t)
	patient, doctor := h.consulting()
	sent := patient.attach("photo", "a.jpg", phonePhoto(t))
	other, kids := h.patient(), h.staff("rita").with(patient)
	for name, stranger := range map[string]*person{
		"another patient": {h: h, bearer: other.bearer, id: patient.id}, "a doctor of another department": kids,
	} {
		for _, path := range []string{"", "/thumbnail"} {
			res, b := stranger.get("/files/" + sent.File + path)
			require.Equal(t, 404, res.StatusCode, "%s: %s", name, b)
		}
		stranger.noFile(404, bot.Unknown, field{name: "key", value: "k"}, field{"file", "a.jpg", string(phonePhoto(t))})
	}
	nobody := &person{h: h, id: patient.id}
	res, _ := nobody.get("/files/" + sent.File)
	require.Equal(t, 401, res.StatusCode)
	other.id = patient.id
	res, _ = doctor.get("/files/" + strings.Repeat("0", 32))
	require.Equal(t, 404, res.StatusCode)
	res, _ = (&person{h: h, bearer: other.bearer, id: h.patient().id}).get("/files/" + sent.File)
	require.Equal(t, 404, res.StatusCode, "of another conversation")

	doctor.do(wire.Command{Do: bot.DoFinish})
	doctor.noFile(409, bot.NotNow, field{name: "key", value: "k"}, field{"file", "a.jpg", string(phonePhoto(t))})
	res, _ = doctor.get("/files/" + sent.File)
	require.Equal(t, 200, res.StatusCode, "who has had it may read on")
}

func TestFilesThatAreRefused(t *testing.T) {
	h := newHouse(t)
	patient, _ := h.consulting()
	key := field{name: "key", value: "k"}
	photo := string(phonePhoto(t))
	large := string(bytes.Repeat([]byte("a"), 20<<20+1))
	for _, c := range []struct {
		name   string
		status int
		code   bot.Code
		fields []field
	}{
		{"svg", 415, bot.FileType, []field{key, {"file", "a.jpg", "<svg onload='alert(1)'/>"}}},
		{"html", 415, bot.FileType, []field{key, {"file", "a.png", "<!DOCTYPE html><script>1</script>"}}},
		{"nothing", 415, bot.FileType, []field{key, {"file", "a.png", ""}}},
		{"cut short", 422, bot.FileBroken, []field{key, {"file", "a.jpg", photo[:len(photo)-50]}}},
		{"two in one", 422, bot.FileBroken, []field{key, {"file", "a.jpg", photo + "PK\x03\x04"}}},
		{"too large", 413, bot.TooLarge, []field{key, {"file", "a.jpg", large}}},
		{"much too large", 413, bot.TooLarge, []field{key, {"file", "a.jpg", large + large}}},
		{"a question that is not asked", 409, bot.Overtaken, []field{key, {name: "step", value: "hello/3"}, {"file", "a.jpg", photo}}},
		{"no file", 400, bot.Malformed, []field{key}},
		{"no key", 400, bot.Malformed, []field{{"file", "a.jpg", photo}}},
		{"a key of other signs", 400, bot.Malformed, []field{{name: "key", value: "ключ"}, {"file", "a.jpg", photo}}},
		{"an unknown field", 400, bot.Malformed, []field{key, {name: "note", value: "x"}, {"file", "a.jpg", photo}}},
		{"two keys", 400, bot.Malformed, []field{key, key, {"file", "a.jpg", photo}}},
		{"two files", 400, bot.Malformed, []field{key, {"file", "a.jpg", photo}, {"file", "b.jpg", photo}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := *patient
			h := *patient.h
			h.t, p.h = t, &h
			p.noFile(c.status, c.code, c.fields...)
		})
	}
	patient.refused("POST", "/api/v1/conversations/"+patient.id+"/files", wire.Command{Key: "k", Do: "attach"}, 400, bot.Malformed)
	patient.refused("POST", "/api/v1/conversations/"+patient.id+"/commands", wire.Command{Key: "k", Do: bot.DoAttach}, 400, bot.Malformed)
	early := h.patient()
	early.noFile(409, bot.NotNow, key, field{"file", "a.jpg", photo})
}

func TestOneConversationHoldsSoManyFiles(t *testing.T) {
	h := newHouse(t)
	patient, doctor := h.consulting()
	most := bot.Defaults().FilesMax
	for i := range most {
		from := patient
		if i%2 == 0 {
			from = doctor
		}
		from.attach(fmt.Sprint("file", i), "a.pdf", []byte(onePDF))
	}
	patient.noFile(409, bot.FilesFull, field{name: "key", value: "more"}, field{"file", "a.pdf", onePDF})
}

// Rates hold a patient who sends and sends.
func TestFilesHaveARate(t *testing.T) {
	h := newHouse(t)
	patient, _ := h.consulting()
	status, tries := 0, 0
	for ; status != 429 && tries < 100; tries++ {
		status, _ = patient.post(patient.form(field{name: "key", value: fmt.Sprint(tries)}, field{"file", "a.jpg", "no photo"}))
	}
	require.Equal(t, 429, status)
	require.Greater(t, tries, 20)
}

// Where the disk is nearly full files are not taken, and words are.
func TestAFullDiskTakesNoFile(t *testing.T) {
	folder := t.TempDir()
	h := newHouse(t, func(o *web.Options) { o.DataFolder = folder })
	patient, _ := h.consulting()
	h.s.DiskFull()
	patient.noFile(503, bot.Unavailable, field{name: "key", value: "k"}, field{"file", "a.jpg", string(phonePhoto(t))})
	patient.do(wire.Command{Do: bot.DoSend, Text: "words go on"})
	left, err := filepath.Glob(filepath.Join(folder, ".upload-*"))
	require.NoError(t, err)
	require.Empty(t, left)
}

// What was sent before the line broke leaves nothing behind, and the same file
// goes through afterwards.
func TestALineThatBreaks(t *testing.T) {
	folder := t.TempDir()
	h := newHouse(t, func(o *web.Options) { o.DataFolder = folder })
	patient, _ := h.consulting()
	photo := phonePhoto(t)
	whole := patient.form(field{name: "key", value: "k"}, field{"file", "a.jpg", string(photo)})
	b, err := io.ReadAll(whole.Body)
	require.NoError(t, err)
	broken := patient.form(field{name: "key", value: "k"}, field{"file", "a.jpg", string(photo)})
	broken.Header.Set("Content-Type", whole.Header.Get("Content-Type"))
	broken.Body, broken.ContentLength, broken.GetBody = io.NopCloser(io.MultiReader(bytes.NewReader(b[:len(b)/2]), brokenLine{})), int64(len(b)), nil
	_, err = http.DefaultClient.Do(broken)
	require.Error(t, err)
	patient.attach("k", "a.jpg", photo)
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	require.Empty(t, entries)
}

type brokenLine struct{}

func (brokenLine) Read([]byte) (int, error) { return 0, io.ErrClosedPipe }

// Who asks for files and does not take them holds so many in memory and no more;
// small pictures go on.
func TestSlowReadersHoldFewFiles(t *testing.T) {
	h := newHouse(t)
	patient, doctor := h.consulting()
	photo := patient.attach("photo", "a.jpg", phonePhoto(t))
	head, tail := "%PDF-1.4\n", "\nstartxref\n9\n%%EOF\n"
	large := patient.attach("large", "a.pdf", []byte(head+strings.Repeat("a", 16<<20)+tail)) // more than a line holds
	address, err := url.Parse(h.url)
	require.NoError(t, err)
	var slow []net.Conn
	for range 4 {
		c, err := net.Dial("tcp", address.Host)
		require.NoError(t, err)
		defer c.Close()
		require.NoError(t, c.(*net.TCPConn).SetReadBuffer(4096))
		require.NoError(t, patient.request("GET", "/api/v1/conversations/"+patient.id+"/files/"+large.File, nil).Write(c))
		_, err = io.ReadFull(c, make([]byte, 1)) // it is on its way
		require.NoError(t, err)
		slow = append(slow, c)
	}
	res, b := patient.get("/files/" + large.File)
	require.Equal(t, 429, res.StatusCode, "%.300s", b)
	require.Contains(t, string(b), "still on their way")
	require.NotEmpty(t, res.Header.Get("Retry-After"))
	res, _ = patient.get("/files/" + photo.File + "/thumbnail")
	require.Equal(t, 200, res.StatusCode)
	res, _ = doctor.get("/files/" + photo.File)
	require.Equal(t, 200, res.StatusCode, "others' go on")
	for _, c := range slow {
		require.NoError(t, c.Close())
	}
	require.Eventually(t, func() bool {
		res, _ := patient.get("/files/" + photo.File)
		return res.StatusCode == 200
	}, 10*time.Second, 10*time.Millisecond)
}

// Erasing takes the bytes off the disk, and the address knows nothing any more.
func TestErasedFilesAreGone(t *testing.T) {
	h := newHouse(t)
	patient, doctor := h.consulting()
	sent := patient.attach("k", "a.jpg", phonePhoto(t))
	require.NoError(t, h.store.Erase(t.Context(), patient.id))
	for _, reader := range []*person{patient, doctor} {
		res, _ := reader.get("/files/" + sent.File)
		require.Contains(t, []int{401, 404}, res.StatusCode)
	}
}
