// All tests of what needs no page: run by `go test ./web/ui` in Node's own runner.

import "./backoff.test";
import "./desk.test";
import "./feed.test";
import "./links.test";
import "./mend.test";
import "./outbox.test";
import "./pages.test";
import "./talk.test";
import "./twin.test";
