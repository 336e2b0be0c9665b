// The bundles must be read by old browsers: one word of newer grammar, and a page
// stays empty.

import { parse, tokenizer } from "acorn";
import { readFileSync } from "node:fs";

/** Look-behind is the one part of ES2018 that Safari 14 has not got; a bundler
 *  writes it as a string. */
const lookBehind = /\(\?<[=!]/;
/** The bundle that is fetched by import(), which each of them has. */
const imported = /\/visit\.js$/;

export function checkSyntax(file, found) {
  const code = readFileSync(file, "utf8");
  const options = { ecmaVersion: 2020, sourceType: imported.test(file) ? "module" : "script" };
  try {
    parse(code, options);
  } catch (e) {
    found(file, `grammar newer than ES2020: ${e.message} near ${JSON.stringify(code.slice(Math.max(0, e.pos - 30), e.pos + 30))}`);
    return;
  }
  for (const token of tokenizer(code, options)) {
    const text = token.type.label === "regexp" ? token.value.pattern : typeof token.value === "string" ? token.value : "";
    if (lookBehind.test(text)) found(file, `a regular expression that looks behind: ${text.slice(0, 60)}`);
  }
}
