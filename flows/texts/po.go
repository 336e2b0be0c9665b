package texts

import (
	"fmt"
	"strings"

	"github.com/leonelquinteros/gotext"
	"golang.org/x/text/language"

	"bedside/flows"
)

// Extract writes a PO file for a language: each text of the flow in its first
// language, with the translation that stands in the files already, if any.
func Extract(files []flows.File, in string) ([]byte, error) {
	read, languages, err := readAll(files)
	if err != nil {
		return nil, err
	}
	from := languages[0]
	var b strings.Builder
	fmt.Fprintf(&b, "# Texts of a Bedside flow, from %s to %s. What stands in {braces} stays as it is.\n", from, in)
	b.WriteString("msgid \"\"\nmsgstr \"\"\n")
	for _, line := range []string{"Language: " + in, "MIME-Version: 1.0", "Content-Type: text/plain; charset=UTF-8", "Content-Transfer-Encoding: 8bit"} {
		b.WriteString(quoted(line+"\n") + "\n")
	}
	for _, f := range read {
		for _, t := range f.texts {
			fmt.Fprintf(&b, "\n#: %s:%d\nmsgctxt %s\nmsgid %s\nmsgstr %s\n", t.File, t.Line, quoted(t.Path), quoted(t.In[from]), quoted(t.In[in]))
		}
	}
	return []byte(b.String()), nil
}

func quoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`).Replace(s) + `"`
}

// Tag is a language as flows write it, of what translators' programs write: pt-BR
// of pt_BR.
func Tag(text string) (string, error) {
	tag, err := language.Raw.Parse(text)
	if err == nil && (tag == language.Und || len(tag.String()) > 35) {
		err = fmt.Errorf("%q is no language that people speak", text)
	}
	return tag.String(), err
}

// entry is one translation of a PO file.
type entry struct{ source, translation string }

// parsePO reads a PO file into its language and its translations by path.
func parsePO(data []byte) (in string, entries map[string]entry, err error) {
	po := gotext.NewPo()
	po.Parse(data)
	domain := po.GetDomain()
	header := strings.TrimSpace(domain.Headers.Get("Language"))
	if header == "" {
		return "", nil, fmt.Errorf("it has no `Language:` in its head; take one that `flow texts` has written")
	}
	if in, err = Tag(header); err != nil {
		return "", nil, fmt.Errorf("its head says `Language: %s`, which is no language; write a tag such as de or pt-BR", header)
	}
	entries = map[string]entry{}
	for path, translations := range domain.GetCtxTranslations() {
		for source, t := range translations {
			if t.Trs[0] != "" {
				entries[path] = entry{source: source, translation: t.Trs[0]}
			}
		}
	}
	return in, entries, nil
}
