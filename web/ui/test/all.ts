// All tests of what needs no page: run by `go test ./web/ui` in Node's own runner.

import "./backoff.test";
import "./call.test";
import "./console.test";
import "./desk.test";
import "./device.test";
import "./durable.test";
import "./door.test";
import "./feed.test";
import "./files.test";
import "./flow.test";
import "./launcher.test";
import "./hearing.test";
import "./links.test";
import "./mend.test";
import "./outbox.test";
import "./pages.test";
import "./person.test";
import "./push.test";
import "./refusals.test";
import "./talk.test";
import "./twin.test";
import "./appointments.test";
import "./visits.test";
