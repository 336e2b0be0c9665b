package checksite

import "strings"

// recorders are known by the hosts that their scripts come from, or by words in the
// script that loads them.
var recorders = []struct {
	name, mark, exclude string
}{
	{"Hotjar", "static.hotjar.com", "data-hj-suppress"},
	{"Microsoft Clarity", "clarity.ms/tag", `data-clarity-mask="true"`},
	{"FullStory", "fullstory.com/s/fs.js", `class="fs-exclude"`},
	{"FullStory", "edge.fullstory.com", `class="fs-exclude"`},
	{"Yandex Metrica (Webvisor)", "webvisor", `class="ym-hide-content"`},
	{"LogRocket", "cdn.logrocket.io", "data-private"},
	{"LogRocket", "cdn.lr-in", "data-private"},
	{"Smartlook", "web-sdk.smartlook.com", "data-recording-disable"},
	{"Mouseflow", "cdn.mouseflow.com", `class="no-mouseflow"`},
	{"Lucky Orange", "luckyorange", `class="LoHideContent"`},
	{"Inspectlet", "cdn.inspectlet.com", `class="inspectlet-sensitive"`},
	{"Contentsquare", "contentsquare.net", "data-cs-mask"},
	{"Matomo (session recording)", "HeatmapSessionRecording", "data-matomo-mask"},
	{"PostHog", "posthog", `class="ph-no-capture"`},
	{"Sentry (session replay)", "replayIntegration", "data-sentry-block"},
	{"Datadog (session replay)", "datadog-rum", "data-dd-privacy=\"hidden\""},
}

// judgeRecorders names those who record what visitors do on the page. Bedside's
// frame is a foreign site to them, and its policy lets no script of theirs in.
func judgeRecorders(p Page) []Finding {
	var out []Finding
	said := map[string]bool{}
	for _, s := range scriptsOf(p.Body) {
		where := s.attrs["src"] + "\n" + s.text
		for _, name := range lazySources[1:] {
			where += "\n" + s.attrs[name]
		}
		for _, r := range recorders {
			if said[r.name] || !strings.Contains(strings.ToLower(where), strings.ToLower(r.mark)) {
				continue
			}
			said[r.name] = true
			out = append(out, warn("recorder", r.name+" records what visitors do on this page. It does not see into Bedside's frame, which is another site: no message, no name, no picture of a call. It does see that the chat was opened and when, and whatever the page itself shows or asks of the patient",
				"Say so in the clinic's privacy notice; keep names and birth dates of patients out of the page around the chat, or mark them with "+r.exclude+"."))
		}
	}
	return out
}
