package bot

import (
	"fmt"
	"slices"
)

// fileWords are what is said of files, in one language.
type fileWords struct {
	notNow, full, unknown, broken, mixed, huge, none string

	large  func(bytes int64) string
	enough func(count int) string
	wanted func(kinds []string) string
}

func fileWordsIn(language string) fileWords {
	if w, ok := fileLanguages[language]; ok {
		return w
	}
	return fileLanguages["en"]
}

// FileTooLarge refuses a file of more bytes than may come.
func FileTooLarge(most int64, language string) *Refusal {
	return refuse(TooLarge, fileWordsIn(language).large(most))
}

// FileTrouble is what a patient reads about a file that cannot be taken for what
// is in it: broken, mixed, huge, or of no type that is known.
func FileTrouble(what, language string) string {
	w := fileWordsIn(language)
	switch what {
	case "broken":
		return w.broken
	case "mixed":
		return w.mixed
	case "huge":
		return w.huge
	}
	return w.unknown
}

var fileLanguages = map[string]fileWords{
	"en": {
		notNow:  "Files can be sent once a doctor is here, or when you are asked for one.",
		full:    "This conversation holds as many files as it can.",
		unknown: "Please send a photo (JPEG, PNG, WebP, HEIC) or a PDF.",
		broken:  "The file is damaged or not whole. Please send it again, or take the photo anew.",
		mixed:   "Something else is hidden in this file. Please send a plain photo or PDF.",
		huge:    "The picture has more points than can be opened. Please send a smaller one.",
		none:    "Please send the file first.",
		large: func(bytes int64) string {
			return fmt.Sprintf("The file is too large: at most %s MB.", megabytes(bytes))
		},
		enough: func(count int) string { return fmt.Sprintf("That is enough: at most %d here.", count) },
		wanted: func(kinds []string) string {
			if slices.Contains(kinds, photoKind) {
				return "Please send a photo (JPEG, PNG, WebP, HEIC)."
			}
			return "Please send a PDF."
		},
	},
	"ru": {
		notNow:  "Файлы можно прислать, когда врач на связи или когда их просят.",
		full:    "В этом разговоре больше нет места для файлов.",
		unknown: "Пришлите фото (JPEG, PNG, WebP, HEIC) или PDF.",
		broken:  "Файл повреждён или загружен не полностью. Пришлите его ещё раз или сделайте фото заново.",
		mixed:   "В этом файле спрятано что-то ещё. Пришлите обычное фото или PDF.",
		huge:    "В снимке слишком много точек, его не открыть. Пришлите снимок поменьше.",
		none:    "Сначала пришлите файл.",
		large: func(bytes int64) string {
			return fmt.Sprintf("Файл слишком большой: не больше %s МБ.", megabytes(bytes))
		},
		enough: func(count int) string {
			return fmt.Sprintf("Достаточно: здесь можно прислать не больше %d.", count)
		},
		wanted: func(kinds []string) string {
			if slices.Contains(kinds, photoKind) {
				return "Пришлите, пожалуйста, фото (JPEG, PNG, WebP, HEIC)."
			}
			return "Пришлите, пожалуйста, PDF."
		},
	},
}

// megabytes are whole ones where they are, rounded down to a tenth elsewhere.
func megabytes(bytes int64) string {
	tenths := bytes * 10 / (1 << 20)
	if bytes%100_000 == 0 { // a flow counts them so
		tenths = bytes / 100_000
	}
	if tenths%10 == 0 {
		return fmt.Sprint(tenths / 10)
	}
	return fmt.Sprintf("%d.%d", tenths/10, tenths%10)
}
