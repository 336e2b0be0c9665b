// How elements are made here: by hand, never from strings of HTML, so that a
// page may forbid every other way (Trusted Types) and no text can become markup.

export type Child = Node | string | number | null | undefined | false;

type Handlers = { [K in keyof HTMLElementEventMap as `on${K}`]?: (event: HTMLElementEventMap[K]) => void };

/** Attributes by name; true is an empty attribute, false and null none at all. */
export type Attrs = Handlers & Record<string, unknown>;

/** h makes an element with attributes, listeners (`onclick`) and children. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attrs: Attrs = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const el = document.createElement(tag);
  for (const [name, value] of Object.entries(attrs)) {
    if (typeof value === "function") el.addEventListener(name.slice(2), value as EventListener);
    else if (value === true) el.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) el.setAttribute(name, String(value));
  }
  put(el, ...children);
  return el;
}

/** put appends children and passes over what is empty. */
export function put(el: ParentNode, ...children: Child[]): void {
  for (const c of children) {
    if (c === null || c === undefined || c === false) continue;
    el.append(typeof c === "number" ? String(c) : c);
  }
}

/** fill replaces all children of an element. */
export function fill(el: ParentNode, ...children: Child[]): void {
  el.replaceChildren();
  put(el, ...children);
}

const drawing = "http://www.w3.org/2000/svg";

/** icon draws a 24 × 24 outline; it says nothing, the element around it does. */
export function icon(path: string): SVGSVGElement {
  const svg = document.createElementNS(drawing, "svg");
  for (const [k, v] of Object.entries({
    viewBox: "0 0 24 24", width: "24", height: "24", fill: "none", stroke: "currentColor",
    "stroke-width": "1.8", "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true",
  })) svg.setAttribute(k, v);
  const p = document.createElementNS(drawing, "path");
  p.setAttribute("d", path);
  svg.append(p);
  return svg;
}

/** dialHref is the address that dials a number. */
export const dialHref = (number: string): string => "tel:" + number.replace(/[^+\d]/g, "");

/** dial is a number that a press calls. */
export function dial(number: string, attrs: Attrs = {}): HTMLAnchorElement {
  return h("a", { href: dialHref(number), dir: "ltr", ...attrs }, number);
}

/** dialButton is a number to press that says whose it is. */
export function dialButton(words: string, number: string): HTMLAnchorElement {
  return h("a", { class: "button plain phone", href: dialHref(number), hidden: !number }, icon(shapes.phone), h("span", {}, words + " ", h("span", { class: "number", dir: "ltr" }, number)));
}

/** Shapes of the few icons that we draw. */
export const shapes = {
  chat: "M21 12a8 8 0 0 1-8 8H4l1.6-3.2A8 8 0 1 1 21 12Z",
  close: "M6 6l12 12M18 6L6 18",
  send: "M5 12h13M12 5l7 7-7 7",
  video: "M4 7h10a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1Zm11 4 6-3v8l-6-3",
  phone: "M6 3h3l2 5-2.5 1.5a11 11 0 0 0 6 6L16 13l5 2v3a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3Z",
  larger: "M9 4H4v5m11-5h5v5M9 20H4v-5m11 5h5v-5",
  smaller: "M4 9h5V4m11 5h-5V4M4 15h5v5m11-5h-5v5",
  pen: "M4 20h4L19 9l-4-4L4 16v4",
  alert: "M12 4 2.5 20h19L12 4Zm0 6v4m0 3v.01",
};
