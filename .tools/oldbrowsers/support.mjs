// What the oldest browsers that Bedside runs on can do, by MDN's data.

import { createRequire } from "node:module";

const data = createRequire(import.meta.url)("@mdn/browser-compat-data");

/** The oldest of each; docs/embedding.md promises them. */
export const oldest = { chrome: 87, firefox: 91, safari: 14, safari_ios: 14 };

/** lookup follows a path such as api.Element.replaceChildren; undefined: MDN does not know it. */
export function lookup(path) {
  return path.split(".").reduce((at, name) => (at && Object.hasOwn(at, name) ? at[name] : undefined), data)?.__compat?.support;
}

/** missing lists the oldest browsers that have not got what a path names; null where MDN does not know it. */
export function missing(path) {
  const support = lookup(path);
  return support ? Object.keys(oldest).filter((browser) => !has(support[browser], oldest[browser])) : null;
}

function has(support, version) {
  if (!support) return true; // MDN does not say
  return [support].flat().some((s) => {
    const added = number(s.version_added);
    const plain = !s.flags && !s.prefix && !s.alternative_name;
    return plain && added !== null && added <= version && !(number(s.version_removed) <= version && s.version_removed);
  });
}

/** number reads "14", "14.1" and "≤80"; null is no version at all. */
function number(version) {
  if (version === null || version === undefined) return 0;
  if (typeof version !== "string" || version === "preview") return null;
  return Number.parseFloat(version.replace("≤", ""));
}
