package bot

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/flows"
)

// A file's name says no more than its content, leads nowhere, and hides nothing.
func TestFileNames(t *testing.T) {
	for raw, want := range map[string]string{
		"photo.JPG":                       "photo.JPG",
		"Снимок 1.jpeg":                   "Снимок 1.jpeg",
		`C:\Users\one\evil.exe`:           "evil.exe.jpg",
		"../../etc/passwd":                "passwd.jpg",
		"":                                "file.jpg",
		" ... ":                           "file.jpg",
		".jpg":                            "jpg.jpg",
		"gpj.\u202eexe":                   "gpj.exe.jpg",
		"a\x00b\r\nc.jpg":                 "abc.jpg",
		"<b>\"x\"</b>|?*.png":             "b.png.jpg",
		strings.Repeat("я", 300) + ".jpg": strings.Repeat("я", 116) + ".jpg",
	} {
		require.Equal(t, want, withExtension(fileName(raw), "image/jpeg"), "%q", raw)
	}
	require.Equal(t, "a.pdf", withExtension(fileName("a.pdf"), "application/pdf"))
}

// asking is a conversation in which photos are asked for.
func asking() State {
	return State{
		ID: "c", Seq: 3, Phase: Intake, Language: "en",
		Asked: &Asked{Step: "hello/2", Type: "files", Kinds: []string{"photo"}, Count: 2, Size: 10_000_000},
	}
}

var sentAt = time.Date(2027, 2, 15, 12, 0, 0, 0, time.UTC)

func tryFile(s State, a Actor, f FileSent) (State, error) {
	d, err := NewDecider().Decide(s, Command{Conversation: "c", Key: "k", Do: DoAttach, Actor: a, Args: Args{File: &f}}, Facts{Now: sentAt, Limits: Defaults()})
	return d.State, err
}

func TestWhoMaySendWhichFiles(t *testing.T) {
	patient, doctor := Actor{Role: Patient, Conversation: "c"}, Actor{Role: Doctor, Login: "doctor_1"}
	consulting := State{ID: "c", Seq: 3, Phase: Consulting, Doctor: "doctor_1", Language: "en"}
	photo := FileSent{File: "f", Type: "image/jpeg", Size: 1000}
	asked, pdf, large, huge, odd := photo, photo, photo, photo, photo
	asked.Step = "hello/2"
	pdf.Step, pdf.Type = "hello/2", "application/pdf"
	large.Step, large.Size = "hello/2", 10_000_001
	huge.Size = 20<<20 + 1
	odd.Type = "image/svg+xml"
	waiting, closed, text, other := consulting, consulting, asking(), asked
	waiting.Phase, waiting.Doctor, waiting.Department = Waiting, "", "gp"
	closed.Phase = ClosedDown
	text.Asked = &Asked{Step: "hello/2", Type: "text"}
	other.Step = "hello/1"
	for _, c := range []struct {
		name string
		s    State
		a    Actor
		f    FileSent
		want Code
	}{
		{"to the doctor", consulting, patient, photo, ""},
		{"from the doctor", consulting, doctor, photo, ""},
		{"for the question", asking(), patient, asked, ""},
		{"a PDF where photos are asked for", asking(), patient, pdf, FileType},
		{"larger than the question takes", asking(), patient, large, TooLarge},
		{"for another question", asking(), patient, other, Overtaken},
		{"for a question of words", text, patient, asked, Overtaken},
		{"while nothing is asked", text, patient, photo, NotNow},
		{"beside the question", asking(), patient, photo, NotNow},
		{"while waiting", waiting, patient, photo, NotNow},
		{"too large", consulting, patient, huge, TooLarge},
		{"of another type", consulting, patient, odd, FileType},
		{"when all is over", closed, patient, photo, ClosedCode},
		{"of a stranger", consulting, Actor{Role: Patient, Conversation: "d"}, photo, Unknown},
		{"of another doctor", consulting, Actor{Role: Doctor, Login: "doctor_2"}, photo, Unknown},
		{"of a visit key", consulting, Actor{Role: Patient, Conversation: "c", Call: "x"}, photo, Forbidden},
	} {
		t.Run(c.name, func(t *testing.T) {
			next, err := tryFile(c.s, c.a, c.f)
			_, before := FileLimit(c.a, c.s, Defaults(), c.f.Step)
			if c.want == "" {
				require.NoError(t, err)
				require.NoError(t, before)
				require.Len(t, next.Files, 1)
				require.Equal(t, c.a.Role, next.Files[0].By)
				return
			}
			require.ErrorIs(t, err, &Refusal{Code: c.want})
			if c.f.Type == photo.Type && c.f.Size == photo.Size {
				require.ErrorIs(t, before, &Refusal{Code: c.want}, "it is said before the bytes come")
			}
		})
	}
}

func TestAQuestionTakesSoManyFiles(t *testing.T) {
	s, patient := asking(), Actor{Role: Patient, Conversation: "c"}
	for i, id := range []string{"one", "two", "three"} {
		next, err := tryFile(s, patient, FileSent{File: id, Type: "image/png", Size: 5, Step: "hello/2"})
		if i == 2 {
			require.ErrorIs(t, err, &Refusal{Code: FilesFull})
			require.ErrorContains(t, err, "at most 2")
			break
		}
		require.NoError(t, err)
		s = next
	}
	files, ok := s.attached([]string{"two", "one"})
	require.True(t, ok)
	require.Equal(t, []flows.Attached{{ID: "two", Kind: "photo", Size: 5}, {ID: "one", Kind: "photo", Size: 5}}, files)
	for _, ids := range [][]string{nil, {"three"}, {"one", "one"}} {
		_, ok := s.attached(ids)
		require.False(t, ok, "%v", ids)
	}
	s.Asked = &Asked{Step: "hello/4", Type: "files"}
	_, ok = s.attached([]string{"one"})
	require.False(t, ok, "it was for another question")
}

// A file is a word: the patient waits for an answer, and the doctor has given one.
func TestAFileIsAWord(t *testing.T) {
	s := State{ID: "c", Seq: 3, Phase: Consulting, Doctor: "doctor_1", Language: "en"}
	s, err := tryFile(s, Actor{Role: Patient, Conversation: "c"}, FileSent{File: "f", Type: "image/jpeg"})
	require.NoError(t, err)
	require.Equal(t, sentAt, s.OwedSince)
	s, err = tryFile(s, Actor{Role: Doctor, Login: "doctor_1"}, FileSent{File: "g", Type: "application/pdf"})
	require.NoError(t, err)
	require.Zero(t, s.OwedSince)
	require.Equal(t, []string{"f", "g"}, []string{s.Files[0].File, s.Files[1].File})
}

func TestSizesAreSaidAsPeopleSayThem(t *testing.T) {
	for bytes, want := range map[int64]string{20 << 20: "20", 10_000_000: "10", 10 << 20: "10", 1_500_000: "1.5", 2_500_000: "2.5", 300_000: "0.3"} {
		require.Equal(t, want, megabytes(bytes), "%d", bytes)
	}
}
