package check

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// Manual writes docs/check.md: every check, what it means, and what to do about each
// thing that it may find.
func Manual(w io.Writer) {
	fmt.Fprint(w, manualHead)
	for _, k := range All() {
		fmt.Fprintf(w, "\n## %s\n\n`%s` · %s%s\n\n%s\n", k.Title["en"], k.ID, repeated(k), needs(k), k.Means)
		for _, o := range k.Outcomes {
			fmt.Fprintf(w, "\n- **%s**: %s.", manualVerdicts[o.Verdict], placeholders(strings.TrimSuffix(o.Says["en"], ".")))
			if cure := o.Cure["en"]; cure != "" {
				fmt.Fprintf(w, "\n  %s", placeholders(cure))
			}
		}
		fmt.Fprintln(w)
	}
	fmt.Fprint(w, manualFoot)
}

const manualHead = `# What bedside check looks at

<!-- Written by go generate ./cmd/bedside/check from the checks themselves. -->

    bedside check -c config.yaml             # all of it; a minute and a quarter
    bedside check -c config.yaml --quick     # without the idle socket; seconds
    bedside check -c config.yaml --language ru
    bedside check -c config.yaml --format json

Each line says **ok**, **warning**, **not ok** or **skipped**, and behind an arrow what
to do. The exit code is 0 when no line is *not ok*, 1 when one is, and 2 when the
configuration cannot be read. Run it as Bedside's own user, beside the running server:
the lines about the public address need it. Nothing is rung, no guest seat is taken, and
no conversation is touched; the one room that is made at TrueConf is removed again.

A running server repeats the checks by itself, each as often as stands beside it. Admins
and whoever the flow's ` + "`clinic.alert`" + ` names see them on the console's *Health* page;
` + "`bedside_check_ok{check=\"…\"}`" + ` and ` + "`bedside_trueconf_up`" + ` among the metrics say the same.

![The Health page: what does not work stands first, with what to do](pictures/health-bad-light-1280.png)

Words in ‹ › stand for what is found.
`

const manualFoot = `
## Skipped

A check that stands on another one is skipped while that is not ok: mend the first
*not ok* line, and the rest looks for itself. *No result* within its time means that a
machine or the net between is overloaded.

## The clinic's pages

` + "`bedside check-site URL -c config.yaml`" + ` reads a page that shows the widget, or shall, as
a browser does, and says what on it would keep the widget from appearing or a call from
getting camera and microphone: HTTPS, the content security policy, the permissions
policy, isolation (COEP), the snippet, optimisers that hold it back, recorders of
sessions. It prints the lines to add for nginx and Apache, whole. Without a configuration
at hand write ` + "`--bedside https://bedside.clinic.example`" + `. What a page does by script is not
run, so a snippet that a tag manager brings is not seen.
`

var manualVerdicts = map[Verdict]string{OK: "ok", Warning: "warning", Failed: "not ok", Skipped: "skipped"}

func repeated(k Check) string {
	return map[time.Duration]string{often: "every five minutes", hourly: "every hour", seldom: "every six hours"}[k.Every]
}

func needs(k Check) string {
	var titles []string
	for _, id := range k.Needs {
		for _, other := range All() {
			if other.ID == id {
				titles = append(titles, "*"+other.Title["en"]+"*")
			}
		}
	}
	if len(titles) == 0 {
		return ""
	}
	return " · after " + strings.Join(titles, ", ")
}

// placeholders shows {name} as ‹name› and leaves other braces alone.
func placeholders(text string) string {
	return placeholder.ReplaceAllString(text, "‹$1›")
}
