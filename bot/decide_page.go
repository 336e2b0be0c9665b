package bot

import (
	"fmt"
	"maps"
	"strings"
	"unicode/utf8"
)

// What a page may say of itself: few and short texts.
const (
	pageMost  = 20  // attributes
	pageName  = 40  // characters of a name
	pageValue = 200 // … of a value
)

// describe keeps what the clinic's page around the chat says of itself: the page's
// word, which anybody with a browser can make it say, so it is shown to staff as
// that, and nothing else is made of it. It is no word of the patient's.
func (t *turn) describe() error {
	if t.s.Phase == ClosedDown {
		return t.notNow()
	}
	given := t.c.Args.Attributes
	if len(given) > pageMost {
		return refuse(TooLarge, fmt.Sprintf("a page says at most %d things", pageMost))
	}
	for name, value := range given {
		switch {
		case strings.TrimSpace(name) == "" || utf8.RuneCountInString(name) > pageName:
			return refuse(Malformed, fmt.Sprintf("an attribute's name has 1 to %d characters", pageName))
		case utf8.RuneCountInString(value) > pageValue:
			return refuse(TooLarge, fmt.Sprintf("an attribute has at most %d characters", pageValue))
		}
	}
	if maps.Equal(given, t.s.Page) {
		return nil
	}
	t.system(PageDescribed, ForStaff, Described{Attributes: given})
	return nil
}
