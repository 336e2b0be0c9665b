package flows

import (
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

var departmentKeys = keys{
	built: []string{"title", "hours", "answer_within", "reply_within"},
	later: []string{"offer", "prefer", "booking"},
}

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
		r.hours(f.get("hours"))
	}
	r.draft.departments = append(r.draft.departments, d)
}

func (r *reader) hours(n *yaml.Node) {
	if name, ok := r.name(n, "`hours`"); ok && name != "always" {
		r.fail(r.at(n), codeNotBuilt, "this version of Bedside does not know `hours: "+name+"` yet", "write `hours: always`, or use a version that knows it")
	}
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
