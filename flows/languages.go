package flows

import "golang.org/x/text/language"

// longestWanted bounds what a browser may say about its languages.
const longestWanted = 500

// Language returns the program's language that suits the wanted ones best,
// else the first. Each is a tag, or a list as browsers send it in
// Accept-Language; the most wanted comes first.
func (p *Program) Language(want ...string) string {
	var tags []language.Tag
	for _, w := range want {
		if w == "" || len(w) > longestWanted {
			continue
		}
		if parsed, _, err := language.ParseAcceptLanguage(w); err == nil {
			tags = append(tags, parsed...)
		}
	}
	_, i, confidence := p.matcher.Match(tags...)
	if confidence == language.No {
		i = 0
	}
	return p.languages[i]
}

func matcherFor(languages []string) language.Matcher {
	tags := make([]language.Tag, len(languages))
	for i, l := range languages {
		tags[i] = language.Make(l)
	}
	return language.NewMatcher(tags)
}
