// What the style sheets ask for: properties, values, units, functions, selectors
// and at-rules. A newer declaration is no fault where an older one of the same
// property stands before it in its block, or inside @supports.

import * as css from "css-tree";
import { lookup, missing } from "./support.mjs";

const dynamic = /^[dsl]v(h|w|min|max|i|b)$/;

export function checkStyles(text, where, found) {
  const tree = css.parse(text, { positions: true, onParseError: (e) => found(where, `CSS that cannot be read: ${e.message}`) });
  const tell = (path, node) => {
    const who = path && missing(path);
    if (who?.length) found(where, path, who, node.loc ? `line ${node.loc.start.line}` : "");
  };
  css.walk(tree, {
    enter(node) {
      if (this.atrule?.name === "supports") return;
      if (node.type === "Atrule") tell(`css.at-rules.${node.name}`, node);
      if (node.type === "Feature") tell(`css.at-rules.media.${node.name}`, node);
      if (node.type === "PseudoClassSelector" || node.type === "PseudoElementSelector") {
        if (!node.name.startsWith("-")) tell(`css.selectors.${node.name}`, node);
      }
      if (node.type === "NestingSelector") tell("css.selectors.nesting", node);
      if (node.type === "Declaration" && /(^|-)gap$/.test(node.property) && flexible(this.block)) tell("css.properties.gap.flex_context", node);
      if (node.type === "Declaration") for (const path of paths(node)) if (!before(this.block, node)) tell(path, node);
    },
  });
}

/** checkDeclaration is for one that a script sets. */
export function checkDeclaration(property, value, where, found) {
  checkStyles(`x { ${property}: ${value} }`, where, (_, path, who) => found(where, path, who, ""));
}

/** paths are what a declaration asks for. */
function paths(declaration) {
  const { property, value } = declaration;
  if (property.startsWith("--") || property.startsWith("-")) return [];
  const out = [`css.properties.${property}`];
  css.walk(value, (node) => {
    if (node.type === "Identifier") out.push(`css.properties.${property}.${node.name}`);
    if (node.type === "Function" && property !== "clip") out.push(...["", "color.", "image.", "easing-function.", "length.", "basic-shape.", "transform-function."].map((k) => `css.types.${k}${node.name}`));
    if (node.type === "Dimension") out.push(`css.types.length.${dynamic.test(node.unit) ? "viewport_percentage_units_dynamic" : node.unit}`);
  });
  return out.filter((path) => lookup(path));
}

/** flexible says whether a block lays out a row or column of flex. */
function flexible(block) {
  return block?.children.some((d) => d.type === "Declaration" && d.property === "display" && /flex/.test(css.generate(d.value))) ?? false;
}

/** before says whether an older declaration of the same property stands first. */
function before(block, node) {
  let earlier = false;
  block?.children.some((other) => {
    if (other === node) return true;
    earlier ||= other.type === "Declaration" && other.property === node.property && paths(other).every((path) => !missing(path)?.length);
    return false;
  });
  return earlier;
}
