// How the launcher looks. Everything that must hold is set on the elements by
// script, which any content security policy of a clinic allows; what only
// pleases (focus ring, hover) is an adopted style sheet where browsers have them.

import { room } from "../shared/keyboard";
import type { Offset, Side } from "./settings";

interface Look {
  host: HTMLElement;
  button: HTMLElement;
  picture: HTMLElement;
  label: HTMLElement;
  badge: HTMLElement;
  box: HTMLElement;
  frame: HTMLElement | null;
  numbers: HTMLElement;
  open: boolean;
  hidden: boolean; // the clinic's page has a button of its own
  wide: boolean;
  /** The call has all of the window. */
  whole: boolean;
  spoken: boolean; // the frame is there
  silent: boolean; // … and should have been for a while
  unread: number;
  dark: boolean;
  side: Side;
  offset: Offset;
}

const niceties = `
.button:hover { filter: brightness(1.1) }
.button:focus-visible, .dial:focus-visible, .shut:focus-visible { outline: 3px solid #fff; box-shadow: 0 0 0 6px #0b5f63 !important }
@media (prefers-reduced-motion: no-preference) { .box { transition: width .2s, height .2s } .button { transition: transform .15s } .button:active { transform: scale(.96) } }
@media (forced-colors: active) { .button { border: 2px solid !important } .box { border: 1px solid } }
@media print { .box, .button { display: none !important } }
`;

/** Windows too small for a box beside the page: phones, upright or lying. */
export const small = "(max-width: 520px), (max-height: 500px)";

/** adorn adds the niceties, where it can be done without a style element. */
export function adorn(root: ShadowRoot): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(niceties);
    root.adoptedStyleSheets = [sheet];
  } catch {
    // An older browser: the element styles hold alone.
  }
}

const above = "2147483000";
const sans = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";
const size = 60;

/** layout puts everything where the state wants it. */
export function layout(l: Look): void {
  const whole = l.whole || window.matchMedia(small).matches;
  set(l.host, { all: "initial", position: "fixed", width: "0", height: "0", "z-index": above, display: "block" });
  styleButton(l, whole);
  set(l.box, { ...place(l, whole), ...paper(l.dark), outline: "none", visibility: l.open ? "visible" : "hidden" });
  if (l.frame) {
    set(l.frame, {
      width: "100%", height: "100%", border: "0", display: "block", background: "transparent",
      "color-scheme": "normal", visibility: l.spoken ? "inherit" : "hidden",
    });
  }
  styleNumbers(l);
}

function styleButton(l: Look, whole: boolean): void {
  const labelled = l.label.textContent !== "";
  set(l.button, {
    position: "fixed", ...corner(l), "box-sizing": "border-box", "max-width": `calc(100vw - ${2 * Math.min(l.offset.x, 20)}px)`,
    width: labelled ? "auto" : `${size}px`, height: `${size}px`, padding: labelled ? "0 24px 0 20px" : "0", margin: "0",
    display: l.hidden || (l.open && (whole || l.wide)) ? "none" : "flex", "align-items": "center", "justify-content": "center",
    border: "0", "border-radius": `${size / 2}px`, background: "#0b5f63", color: "#fff", cursor: "pointer", "z-index": above,
    font: `600 17px/1.2 ${sans}`, "letter-spacing": "normal", "text-transform": "none",
    "box-shadow": "0 2px 6px rgba(0,0,0,.2), 0 8px 24px rgba(0,0,0,.18)",
  });
  set(l.picture, { display: "flex", flex: "none" });
  const picture = l.picture.querySelector("svg");
  if (picture) set(picture, { width: "30px", height: "30px", display: "block" });
  set(l.label, {
    display: labelled ? "block" : "none", "margin-left": "10px", overflow: "hidden", "text-overflow": "ellipsis", "white-space": "nowrap",
  });
  set(l.badge, {
    position: "absolute", top: "-4px", right: "-4px", "min-width": "22px", height: "22px", "box-sizing": "border-box",
    padding: "0 6px", "border-radius": "11px", background: "#b3261e", color: "#fff", font: `600 13px/22px ${sans}`,
    display: l.unread > 0 ? "block" : "none",
  });
  l.badge.hidden = l.unread === 0;
}

function styleNumbers(l: Look): void {
  set(l.numbers, {
    position: "absolute", top: "0", left: "0", right: "0", bottom: "0", padding: "24px", "box-sizing": "border-box", overflow: "auto",
    display: l.spoken ? "none" : "block", font: `400 17px/1.5 ${sans}`,
  });
  for (const a of l.numbers.querySelectorAll<HTMLElement>("a")) {
    set(a, { color: "inherit", "font-weight": "650", "font-size": "22px", "line-height": "44px", "white-space": "nowrap" });
  }
  for (const row of l.numbers.querySelectorAll<HTMLElement>(".row")) {
    set(row, { margin: "8px 0", display: l.silent ? "block" : "none" });
  }
  for (const b of l.numbers.querySelectorAll<HTMLElement>("button")) {
    set(b, { font: "inherit", "min-height": "44px", padding: "0 16px", "border-radius": "10px", border: "1px solid currentColor", background: "transparent", color: "inherit", cursor: "pointer" });
  }
}

/** On a page that reads from right to left the sides change places. */
function onLeft(l: Look): boolean {
  const backwards = getComputedStyle(document.documentElement).direction === "rtl";
  return (l.side === "left") !== backwards;
}

/** The corner, clear of notches and home bars. */
function corner(l: Look, lift = 0): Record<string, string> {
  const left = onLeft(l);
  const from = (edge: string, n: number): string => `calc(${n}px + env(safe-area-inset-${edge}, 0px))`;
  return {
    left: left ? from("left", l.offset.x) : "auto", right: left ? "auto" : from("right", l.offset.x),
    top: "auto", bottom: from("bottom", l.offset.y + lift),
  };
}

function place(l: Look, whole: boolean): Record<string, string> {
  const box = { position: "fixed", overflow: "hidden", "z-index": above };
  if (whole) {
    const left = room(); // above a keyboard
    const tall = left ? { top: `${left.top}px`, bottom: "auto", height: `${left.height}px` } : { top: "0", bottom: "0", height: "100%" };
    return { ...box, left: "0", right: "0", width: "100%", ...tall, "border-radius": "0" };
  }
  const lift = l.wide || l.hidden ? 0 : size + 12;
  const width = `min(${l.wide ? 1040 : 400}px, calc(100vw - ${l.offset.x + 20}px))`;
  const height = `min(${l.wide ? 760 : 680}px, calc(100vh - ${l.offset.y + lift + 20}px))`;
  return { ...box, ...corner(l, lift), width, height, "border-radius": "16px" };
}

function paper(dark: boolean): Record<string, string> {
  return {
    background: dark ? "#15191c" : "#ffffff", color: dark ? "#e8edf0" : "#182126",
    "box-shadow": "0 4px 16px rgba(0,0,0,.16), 0 16px 48px rgba(0,0,0,.20)",
  };
}

function set(el: HTMLElement | SVGElement, style: Record<string, string>): void {
  for (const [name, value] of Object.entries(style)) el.style.setProperty(name, value);
}
