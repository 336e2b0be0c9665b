//go:build browser

package e2e

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"net/http"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// whereTaken stands in the pictures of these tests, as a phone writes it there.
const whereTaken = "GPS-55.7558N-37.6173E"

// phonePhoto is a picture of 1200 × 900 that says where it was taken.
func phonePhoto(t *testing.T) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 1200, 900))
	for y := range 900 {
		for x := range 1200 {
			spot := math.Hypot(float64(x-640), float64(y-420)) < 190
			c := color.RGBA{uint8(226 - y/20), uint8(190 - x/30), 165, 255}
			if spot {
				c = color.RGBA{200, uint8(96 + (x*y)%24), 92, 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	var b bytes.Buffer
	require.NoError(t, jpeg.Encode(&b, img, nil))
	out := append([]byte{0xFF, 0xD8, 0xFF, 0xE1, 0, byte(2 + 6 + len(whereTaken))}, "Exif\x00\x00"+whereTaken...)
	return append(out, b.Bytes()[2:]...)
}

const referral = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\nxref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R>>\nstartxref\n43\n%%EOF\n"

// chooses puts a file into the browser's own picker.
func (p *person) chooses(host, input, name, kind string, data []byte) {
	p.t.Helper()
	p.until(host, "has a picker", `document.querySelector(`+quote(input)+`)`)
	_, err := ask[bool](p, host, fmt.Sprintf(`(() => {
		const bytes = Uint8Array.from(atob(%q), (c) => c.charCodeAt(0));
		const all = new DataTransfer();
		all.items.add(new File([bytes], %s, { type: %q }));
		const input = document.querySelector(%s);
		input.files = all.files;
		input.dispatchEvent(new Event("change", { bubbles: true }));
		return true;
	})()`, base64.StdEncoding.EncodeToString(data), quote(name), kind, quote(input)))
	require.NoError(p.t, err)
}

// choosesNoise puts a picture into the picker that is larger than the question takes.
func (p *person) choosesNoise(host, input string) {
	p.t.Helper()
	_, err := ask[bool](p, host, `(() => {
		const canvas = document.createElement("canvas");
		canvas.width = 2200;
		canvas.height = 1600;
		const points = new ImageData(canvas.width, canvas.height);
		for (let i = 0; i < points.data.length; i += 65536) crypto.getRandomValues(points.data.subarray(i, i + 65536));
		canvas.getContext("2d").putImageData(points, 0, 0);
		canvas.toBlob((blob) => {
			window.noise = blob.size;
			const all = new DataTransfer();
			all.items.add(new File([blob], "noise.png", { type: "image/png" }));
			const input = document.querySelector(`+quote(input)+`);
			input.files = all.files;
			input.dispatchEvent(new Event("change", { bubbles: true }));
		}, "image/png");
		return true;
	})()`)
	require.NoError(p.t, err)
	p.until(host, "has a picture of more than 5 MB", "window.noise > 5 * 1024 * 1024")
}

// letsGo drops a file over an element.
func (p *person) letsGo(host, over, name, kind, text string) {
	p.t.Helper()
	_, err := ask[bool](p, host, fmt.Sprintf(`(() => {
		const all = new DataTransfer();
		all.items.add(new File([%s], %s, { type: %q }));
		const event = (kind) => document.querySelector(%s).dispatchEvent(new DragEvent(kind, { dataTransfer: all, bubbles: true, cancelable: true }));
		event("dragenter");
		return !event("dragover") && !event("drop");
	})()`, quote(text), quote(name), kind, quote(over)))
	require.NoError(p.t, err)
}

// keepsSaved notes what the page hands to the browser to keep.
func (p *person) keepsSaved(host string) {
	p.t.Helper()
	_, err := ask[bool](p, host, `(() => {
		window.saved = [];
		const blobs = new Map(), make = URL.createObjectURL;
		URL.createObjectURL = (blob) => ((url) => (blobs.set(url, blob), url))(make.call(URL, blob));
		const press = HTMLAnchorElement.prototype.click;
		HTMLAnchorElement.prototype.click = function () {
			if (!this.download) return press.call(this);
			const name = this.download;
			blobs.get(this.href).arrayBuffer().then((b) => window.saved.push({ name, text: Array.from(new Uint8Array(b), (c) => String.fromCharCode(c)).join("") }));
		};
		return true;
	})()`)
	require.NoError(p.t, err)
}

const composerPicker = ".composer + input.picker"

// A patient's photo reaches the doctor without the place where it was taken, the
// doctor looks at it and keeps it, and a PDF comes back.
func TestPhotosAndPapersBothWays(t *testing.T) {
	h := served(t)
	patient, doctor := sit(t, "patient", look{width: 390, height: 844}), sit(t, "doctor", look{})
	patient.open("http://" + h.bedside + "/widget/?site=clinic")
	patient.answersAll(h, "Patient One")
	patient.missing(h.bedside, ".attach")
	doctor.signsIn(h)
	doctor.takes(h)
	doctor.keepsSaved(h.bedside)

	patient.sees(h.bedside, ".attach")
	patient.chooses(h.bedside, composerPicker, "rash.jpg", "image/jpeg", phonePhoto(t))
	patient.sees(h.bedside, ".bubble.mine .file-open img[src^=blob]")
	patient.until(h.bedside, "nothing is on its way any more", `document.querySelector(".uploads").childElementCount === 0`)
	patient.picture("files-panel")

	doctor.sees(h.bedside, ".bubble .file-open img[src^=blob]")
	doctor.sees(h.bedside, ".card-files .file-open img[src^=blob]")
	doctor.until(h.bedside, "hears whose it is", `document.querySelector(".bubble .file-open").getAttribute("aria-label") === "Photo from Patient One: rash.jpg"`)
	doctor.picture("files-console")
	doctor.press(h.bedside, ".bubble .file-open")
	doctor.sees(h.bedside, ".viewer")
	doctor.until(h.bedside, "sees all of it", `document.querySelector(".viewer-picture").naturalWidth === 1200`)
	doctor.picture("files-viewer")
	doctor.press(h.bedside, `.viewer [data-act="save"]`)
	doctor.until(h.bedside, "has it", `window.saved.length === 1`)
	saved, err := ask[bool](doctor, h.bedside, `saved[0].name === "rash.jpg" && saved[0].text.startsWith("\u00ff\u00d8\u00ff") && !saved[0].text.includes("GPS")`)
	require.NoError(t, err)
	require.True(t, saved, "the picture, and nothing of its place")
	_, err = ask[bool](doctor, h.bedside, `document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true }))`)
	require.NoError(t, err)
	doctor.missing(h.bedside, ".viewer")
	doctor.until(h.bedside, "is back where it was", `document.activeElement.matches(".file-open")`)

	patient.keepsSaved(h.bedside)
	doctor.chooses(h.bedside, composerPicker, "referral.pdf", "application/pdf", []byte(referral))
	patient.sees(h.bedside, ".bubble.theirs .file-paper")
	patient.picture("files-panel-pdf")
	patient.press(h.bedside, ".bubble.theirs .file-paper")
	patient.until(h.bedside, "has the paper", `window.saved.length === 1 && window.saved[0].name === "referral.pdf" && window.saved[0].text.startsWith("%PDF-1.4")`)

	doctor.letsGo(h.bedside, ".pane .timeline", "dropped.pdf", "application/pdf", referral)
	patient.reads(h.bedside, "dropped.pdf")

	patient.chooses(h.bedside, composerPicker, "page.jpg", "image/jpeg", []byte("<html><script>1</script></html>"))
	patient.reads(h.bedside, "Please send a photo (JPEG, PNG, WebP, HEIC) or a PDF.")
	patient.wellMade(h.bedside, "files-panel-refused")
	doctor.wellMade(h.bedside, "files-console")
	patient.press(h.bedside, `.upload.failed [data-act="cancel"]`)
	patient.missing(h.bedside, ".upload")

	// Nothing that was refused is on the disk.
	left, err := filepath.Glob(filepath.Join(filepath.Dir(h.config), "data", "journal.db.blobs", "*", "*"))
	require.NoError(t, err)
	require.Len(t, left, 4, "the photo, its small picture and two papers")
}

// asksForPhotos has the flow ask for photos of the skin.
func asksForPhotos(flow []byte) []byte {
	flow = bytes.Replace(flow, []byte("\n  more:\n"), []byte("\n  photo:\n    type: files\n    kinds: [photo]\n    count: 2\n    size: 5MB\n    optional: true\n"+
		"    label: {en: \"Photo of the rash\", ru: \"Фото сыпи\"}\n    ask:   {en: \"Can you send a photo of the rash?\", ru: \"Можете прислать фото сыпи?\"}\n  more:\n"), 1)
	return bytes.Replace(flow, []byte("    - ask: long\n"), []byte("    - ask: photo\n    - ask: long\n"), 1)
}

// A question of files is answered by files: each stands in the chat, Done ends it,
// and the doctor finds them with the answer.
func TestAQuestionOfPhotos(t *testing.T) {
	h := &house{flow: asksForPhotos}
	h.serve(t, "")
	patient, doctor := sit(t, "patient", look{width: 390, height: 844}), sit(t, "doctor", look{})
	patient.open("http://" + h.bedside + "/widget/?site=clinic")
	patient.press(h.bedside, `[data-option="doctor"]`)
	patient.reads(h.bedside, "What is your name?")
	patient.types(h.bedside, ".composer", "Patient One")
	patient.press(h.bedside, `[data-option="skin"]`)
	patient.reads(h.bedside, "At most 2, 5 MB each.")
	patient.missing(h.bedside, `[data-act="done"]`)
	patient.picture("files-question")
	patient.chooses(h.bedside, ".asked-files input", "paper.pdf", "application/pdf", []byte(referral))
	patient.reads(h.bedside, "Please send a photo (JPEG, PNG, WebP, HEIC).")
	patient.press(h.bedside, `.upload.failed [data-act="cancel"]`)
	patient.chooses(h.bedside, ".asked-files input", "rash.jpg", "image/jpeg", phonePhoto(t))
	patient.reads(h.bedside, "Done: 1 file")
	patient.choosesNoise(h.bedside, ".asked-files input")
	patient.reads(h.bedside, "Done: 2 files")
	patient.until(h.bedside, "has sent enough", `document.querySelector('[data-act="choose-file"]').disabled`)
	patient.picture("files-question-done")
	patient.press(h.bedside, `[data-act="done"]`)
	patient.press(h.bedside, `[data-option="yes"]`)
	patient.press(h.bedside, ".skip")
	patient.sees(h.bedside, `[data-phase="waiting"]`)
	doctor.signsIn(h)
	doctor.takes(h)
	doctor.until(h.bedside, "finds both", `document.querySelectorAll(".card-files .file-open img[src^=blob]").length === 2`)
	doctor.until(h.bedside, "finds them with the answer", `document.querySelectorAll('[data-slot="photo"] .file-open').length === 2`)
	patient.reads(h.bedside, "2 files")
	doctor.picture("files-question-console")
	doctor.keepsSaved(h.bedside)
	doctor.press(h.bedside, `[data-slot="photo"] .file:last-child .file-open`)
	doctor.press(h.bedside, `.viewer [data-act="save"]`)
	doctor.until(h.bedside, "has it as a JPEG that fits", `window.saved.length === 1 && window.saved[0].name === "noise.jpg" && window.saved[0].text.length <= 5 * 1024 * 1024`)
}

// While the server is away a file waits, and goes by itself when it is back, once.
func TestAFileWaitsForTheServer(t *testing.T) {
	h := served(t)
	patient, doctor := sit(t, "patient", look{width: 390, height: 844}), sit(t, "doctor", look{})
	patient.open("http://" + h.bedside + "/widget/?site=clinic")
	patient.answersAll(h, "Patient One")
	doctor.signsIn(h)
	doctor.takes(h)
	patient.sees(h.bedside, ".attach")
	h.server.stop()
	patient.chooses(h.bedside, composerPicker, "rash.jpg", "image/jpeg", phonePhoto(t))
	patient.reads(h.bedside, "Waits for the connection")
	patient.picture("files-panel-waits")
	h.server = run(t, "serve", "-c", h.config)
	h.server.ready(h.bedside[len("bedside.localhost:"):])
	patient.sees(h.bedside, ".bubble.mine .file-open img[src^=blob]")
	n, err := ask[int](patient, h.bedside, `document.querySelectorAll(".bubble .file-open").length`)
	require.NoError(t, err)
	require.Equal(t, 1, n)
	answer, err := http.Get("http://127.0.0.1:" + h.bedside[len("bedside.localhost:"):] + "/api/v1/conversations/x/files/y")
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	require.Equal(t, http.StatusUnauthorized, answer.StatusCode)
}

// The chat with files, a photo over the page and a file that was not taken, by
// light and in the dark.
func TestFilesAreAccessible(t *testing.T) {
	axe := checker(t)
	h := served(t)
	patient, doctor := sit(t, "patient", look{width: 390, height: 844}), sit(t, "doctor", look{})
	patient.open("http://" + h.bedside + "/widget/?site=clinic")
	patient.answersAll(h, "Patient One")
	doctor.signsIn(h)
	doctor.takes(h)
	patient.sees(h.bedside, ".attach")
	patient.chooses(h.bedside, composerPicker, "rash.jpg", "image/jpeg", phonePhoto(t))
	doctor.chooses(h.bedside, composerPicker, "referral.pdf", "application/pdf", []byte(referral))
	patient.sees(h.bedside, ".bubble.theirs .file-paper")
	patient.chooses(h.bedside, composerPicker, "page.jpg", "image/jpeg", []byte("<html></html>"))
	patient.sees(h.bedside, ".upload.failed")
	patient.accessible(h.bedside, axe, "panel with files")
	doctor.sees(h.bedside, ".card-files .file-open")
	doctor.accessible(h.bedside, axe, "console with files")
	doctor.press(h.bedside, ".bubble .file-open")
	doctor.until(h.bedside, "sees all of it", `document.querySelector(".viewer-picture").naturalWidth === 1200`)
	doctor.accessible(h.bedside, axe, "a photo over the console")
}
