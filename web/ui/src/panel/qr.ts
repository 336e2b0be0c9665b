// A QR code as the server has laid it out, row by row. It is dark on light in
// every theme, with the quiet edge around it that cameras want.

const drawing = "http://www.w3.org/2000/svg";
const edge = 4;

/** qrCode draws the rows of 1 (dark) and 0 (light); name is what it is of. */
export function qrCode(rows: readonly string[], name: string): SVGSVGElement {
  const size = rows.length + 2 * edge;
  const svg = make("svg", { viewBox: `0 0 ${size} ${size}`, class: "qr", role: "img", "aria-label": name, "shape-rendering": "crispEdges" });
  svg.append(make("rect", { width: size, height: size, fill: "#fff" }), make("path", { d: path(rows), fill: "#000" }));
  return svg as SVGSVGElement;
}

/** path draws each run of dark squares as one box. */
export function path(rows: readonly string[]): string {
  let d = "";
  rows.forEach((row, y) => {
    for (const run of row.matchAll(/1+/g)) d += `M${(run.index ?? 0) + edge} ${y + edge}h${run[0].length}v1h-${run[0].length}z`;
  });
  return d;
}

function make(tag: string, attrs: Record<string, string | number>): SVGElement {
  const el = document.createElementNS(drawing, tag) as SVGElement;
  for (const [name, value] of Object.entries(attrs)) el.setAttribute(name, String(value));
  return el;
}
