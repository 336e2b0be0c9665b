// Holds the browser code to Chrome 87, Firefox 91 and Safari 14: grammar of the
// bundles, style sheets, and whatever the sources ask of a browser. What is newer
// and yet allowed stands, with what belongs to it, in allowed.json with its reason; a reason that nothing
// needs any more is a fault too. Run by `make types`.

import { readdirSync, readFileSync } from "node:fs";
import { checkApis } from "./apis.mjs";
import { checkStyles } from "./styles.mjs";
import { oldest } from "./support.mjs";
import { checkSyntax } from "./syntax.mjs";

const root = new URL("../../", import.meta.url).pathname;
const allowed = JSON.parse(readFileSync(new URL("allowed.json", import.meta.url), "utf8"));
const used = new Set();
const faults = new Set();

function found(where, what, who = [], line = "") {
  const reason = Object.keys(allowed).find((key) => what === key || what.startsWith(key + "."));
  if (reason) used.add(reason);
  else faults.add(`${where} ${line}: ${what}${who.length ? `: not in ${who.map((b) => `${b} ${oldest[b]}`).join(", ")}` : ""}`);
}

const dist = root + "web/ui/dist/";
for (const name of readdirSync(dist)) {
  if (name.endsWith(".js")) checkSyntax(dist + name, (_, what) => found(name, what));
  if (name.endsWith(".css")) checkStyles(readFileSync(dist + name, "utf8"), name, found);
}
checkApis(root + "web/ui/tsconfig.json", found);
for (const what of Object.keys(allowed)) if (!used.has(what)) faults.add(`allowed.json: nothing needs ${what} any more`);

for (const fault of [...faults].sort()) console.error(fault);
if (faults.size > 0) {
  console.error(`${faults.size} things that old browsers have not got. Write it another way, or say in .tools/oldbrowsers/allowed.json why it harms nobody there.`);
  process.exit(1);
}
