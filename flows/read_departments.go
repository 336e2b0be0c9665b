package flows

import (
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"bedside/flows/near"
)

var (
	departmentKeys = keys{"title", "hours", "offer", "prefer", "answer_within", "reply_within", "booking"}
	bookingKeys    = keys{"length", "from", "until"}
	offers         = []string{string(LeastBusy), string(LongestIdle), string(RoundRobin)}
)

// usualUntil is how far ahead can be booked where the department does not say.
const usualUntil = 14 * 24 * time.Hour

// usualAnswerWithin holds for a department that does not say it. How long a
// doctor may be silent is then the installation's to say: zero.
const usualAnswerWithin = time.Minute

func (r *reader) department(key, value *yaml.Node) {
	what := "the department `" + key.Value + "`"
	f, ok := r.mapping(value, what, departmentKeys)
	d := Department{ID: key.Value}
	if ok {
		d.Title = r.plain(r.need(f, "title", what), "the title of "+what)
		d.AnswerWithin = r.duration(f.get("answer_within"), usualAnswerWithin)
		d.ReplyWithin = r.duration(f.get("reply_within"), 0)
		d.Offer = Offer(r.oneOf(f.get("offer"), "`offer`", offers))
		d.SameDoctor = r.oneOf(f.get("prefer"), "`prefer`", []string{"same_doctor"}) != ""
		d.Booking = r.booking(f.get("booking"))
		if n := f.get("hours"); n != nil {
			if name, ok := r.name(n, "`hours`"); ok {
				d.hoursName = reference{name, r.at(n)}
			}
		}
	}
	if d.Offer == "" {
		d.Offer = LeastBusy
	}
	r.draft.departments = append(r.draft.departments, d)
}

// oneOf reads one of a few words; nil gives "".
func (r *reader) oneOf(n *yaml.Node, what string, words []string) string {
	if n == nil {
		return ""
	}
	name, ok := r.name(n, what)
	if ok && !contains(words, name) {
		cure := near.Hint(name, words)
		if cure == "" {
			cure = "write one of " + list(words)
		}
		r.fail(r.at(n), codeBadValue, what+" cannot be `"+name+"`", cure)
		return ""
	}
	return name
}

func (r *reader) booking(n *yaml.Node) Booking {
	if n == nil {
		return Booking{}
	}
	f, ok := r.mapping(n, "`booking`", bookingKeys)
	if !ok {
		return Booking{}
	}
	b := Booking{
		Length: r.duration(r.need(f, "length", "`booking`"), 0),
		From:   r.duration(f.get("from"), 0),
		Until:  r.duration(f.get("until"), usualUntil),
	}
	if b.From+b.Length > b.Until {
		r.fail(r.at(n), codeBadValue, "no time lies between `from` and `until`", "make `until` longer")
	}
	return b
}

// duration reads a length of time such as 30s, 3m, 2h, 14d or 1h30m, up to a
// year.
func (r *reader) duration(n *yaml.Node, usual time.Duration) time.Duration {
	if n == nil || n.Kind == 0 {
		return usual
	}
	d, ok := parseDuration(n.Value)
	if n.Kind != yaml.ScalarNode || !ok || d <= 0 || d > 366*24*time.Hour {
		r.fail(r.at(n), codeBadValue, "this is no length of time", "write a number and s, m, h or d, as in 30s, 3m, 2h, 14d")
		return usual
	}
	return d
}

func parseDuration(s string) (time.Duration, bool) {
	if days, ok := strings.CutSuffix(s, "d"); ok {
		n, err := strconv.Atoi(days)
		return time.Duration(n) * 24 * time.Hour, err == nil && n > 0 && n <= 366
	}
	d, err := time.ParseDuration(s)
	return d, err == nil
}
