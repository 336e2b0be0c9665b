// Drawings of what to press when camera and microphone were refused. They are
// our own, say nothing that the words beside them do not, and show the place
// rather than a browser's exact look, which changes every year.

import type { Picture } from "./browser";

const ns = "http://www.w3.org/2000/svg";

type Shape = [tag: "path" | "rect" | "circle", kind: string, attributes: Record<string, string | number>];

const box = (kind: string, x: number, y: number, width: number, height: number, rx = 8): Shape => ["rect", kind, { x, y, width, height, rx }];
const line = (kind: string, d: string): Shape => ["path", kind, { d }];
const ring = (x: number, y: number, r = 17): Shape => ["circle", "mark", { cx: x, cy: y, r }];

/** The sign of a site's settings: two sliders. */
const sliders = (x: number, y: number): Shape[] => [
  line("ink", `M${x - 8} ${y - 4}h7m7 0h2M${x - 8} ${y + 5}h2m7 0h7`),
  ["circle", "ink", { cx: x + 2.5, cy: y - 4, r: 3 }],
  ["circle", "ink", { cx: x - 2.5, cy: y + 5, r: 3 }],
];
const camera = (x: number, y: number, off = false): Shape[] => [
  box("ink", x - 10, y - 6, 13, 12, 2.5), line("ink", `M${x + 3} ${y - 1}l7-4v10l-7-4`),
  ...(off ? [line("bad", `M${x - 11} ${y - 9}l21 18`)] : []),
];
const microphone = (x: number, y: number): Shape[] => [
  box("ink", x - 3.5, y - 9, 7, 11, 3.5), line("ink", `M${x - 7} ${y - 1}a7 7 0 0 0 14 0M${x} ${y + 6}v4`),
];
const toggle = (x: number, y: number): Shape[] => [box("on", x - 14, y - 8, 28, 16, 8), ["circle", "knob", { cx: x + 6, cy: y, r: 6 }]];

/** Two rows to switch on: camera and microphone. */
const rows = (x: number, y: number, width: number): Shape[] => [
  box("paper", x, y, width, 72, 10),
  ...camera(x + 22, y + 20), line("faint", `M${x + 42} ${y + 20}h${width - 94}`), ...toggle(x + width - 26, y + 20),
  ...microphone(x + 22, y + 52), line("faint", `M${x + 42} ${y + 52}h${width - 94}`), ...toggle(x + width - 26, y + 52),
];
const address = (x: number, y: number, width: number): Shape[] => [box("paper", x, y, width, 30, 15), line("faint", `M${x + 44} ${y + 15}h${width - 64}`)];

const pictures: Record<Picture, Shape[]> = {
  chrome: [box("ground", 1, 1, 318, 148, 10), ...address(16, 12, 288), ...sliders(36, 27), ring(36, 27), ...rows(24, 60, 180)],
  chrome_phone: [box("ground", 70, 1, 180, 170, 16), ...address(82, 14, 156), ...sliders(102, 29), ring(102, 29), ...rows(86, 66, 148)],
  firefox: [box("ground", 1, 1, 318, 148, 10), ...address(16, 12, 288), ...camera(37, 27, true), ring(37, 27), box("paper", 24, 60, 180, 72, 10),
    ...camera(46, 80, true), line("faint", "M66 80h84"), line("bad", "M174 74l12 12m0-12l-12 12"), ...microphone(46, 112), line("faint", "M66 112h84"), line("bad", "M174 106l12 12m0-12l-12 12")],
  safari_phone: [box("ground", 70, 1, 180, 170, 16), ...rows(86, 24, 148), ...address(82, 126, 156),
    line("ink", "M94 147l5-13 5 13m-8-4h6M107 147l7-17 7 17m-11-5h8"), ring(107, 141, 20)],
  safari: [box("ground", 1, 1, 318, 148, 10), line("faint", "M1 30h318"), line("faint", "M20 16h16"), box("mark", 48, 6, 62, 20, 6), line("ink", "M56 16h46"), line("faint", "M124 16h30M168 16h30"), ...rows(48, 48, 190)],
  ios_app: [box("ground", 70, 1, 180, 150, 16), line("faint", "M90 22h60"), ...rows(82, 44, 156), box("mark", 78, 40, 164, 80, 12)],
};

/** picture draws one; screen readers pass over it. */
export function picture(kind: Picture): SVGSVGElement {
  const svg = document.createElementNS(ns, "svg");
  const tall = kind === "chrome_phone" || kind === "safari_phone";
  svg.setAttribute("viewBox", tall ? "0 0 320 172" : "0 0 320 152");
  svg.setAttribute("class", "picture");
  svg.setAttribute("aria-hidden", "true");
  for (const [tag, kind_, attributes] of pictures[kind]) {
    const shape = document.createElementNS(ns, tag);
    shape.setAttribute("class", kind_);
    for (const [name, value] of Object.entries(attributes)) shape.setAttribute(name, String(value));
    svg.append(shape);
  }
  return svg;
}
