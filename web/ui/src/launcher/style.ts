// How the launcher looks. Everything that must hold is set on the elements by
// script, which any content security policy of a clinic allows; what only
// pleases (focus ring, hover) is an adopted style sheet where browsers have them.

interface Look {
  button: HTMLElement;
  badge: HTMLElement;
  box: HTMLElement;
  frame: HTMLElement | null;
  numbers: HTMLElement;
  open: boolean;
  wide: boolean;
  spoken: boolean; // the frame is there
  silent: boolean; // … and should have been for a while
  unread: number;
  dark: boolean;
}

const niceties = `
.button:hover { filter: brightness(1.1) }
.button:focus-visible, .dial:focus-visible, .shut:focus-visible { outline: 3px solid #fff; box-shadow: 0 0 0 6px #0b5f63 !important }
@media (prefers-reduced-motion: no-preference) { .box { transition: width .2s, height .2s } .button { transition: transform .15s } .button:active { transform: scale(.96) } }
@media print { .box, .button { display: none !important } }
`;

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

/** layout puts everything where the state wants it. */
export function layout(l: Look): void {
  const phone = window.matchMedia("(max-width: 520px)").matches;
  set(l.button, {
    position: "fixed", right: "20px", bottom: "20px", width: "60px", height: "60px", padding: "0", margin: "0",
    display: l.open && (phone || l.wide) ? "none" : "grid", "place-items": "center", border: "0", "border-radius": "50%",
    background: "#0b5f63", color: "#fff", cursor: "pointer", "z-index": above,
    "box-shadow": "0 2px 6px rgba(0,0,0,.2), 0 8px 24px rgba(0,0,0,.18)",
  });
  const picture = l.button.querySelector("svg");
  if (picture) set(picture, { width: "30px", height: "30px" });
  set(l.badge, {
    position: "absolute", top: "-4px", right: "-4px", "min-width": "22px", height: "22px", "box-sizing": "border-box",
    padding: "0 6px", "border-radius": "11px", background: "#b3261e", color: "#fff", font: `600 13px/22px ${sans}`,
    display: l.unread > 0 ? "block" : "none",
  });
  l.badge.hidden = l.unread === 0;
  set(l.box, { ...place(l, phone), ...paper(l.dark), visibility: l.open ? "visible" : "hidden" });
  if (l.frame) {
    set(l.frame, {
      width: "100%", height: "100%", border: "0", display: "block", background: "transparent",
      "color-scheme": "normal", visibility: l.spoken ? "inherit" : "hidden",
    });
  }
  set(l.numbers, {
    position: "absolute", top: "0", left: "0", right: "0", bottom: "0", padding: "24px", "box-sizing": "border-box",
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

function place(l: Look, phone: boolean): Record<string, string> {
  const box = { position: "fixed", overflow: "hidden", "z-index": above };
  if (phone) return { ...box, left: "0", top: "0", right: "0", bottom: "0", width: "100%", height: "100%", "border-radius": "0" };
  const size = l.wide
    ? { bottom: "20px", width: "min(1040px, calc(100vw - 40px))", height: "min(760px, calc(100vh - 40px))" }
    : { bottom: "92px", width: "400px", height: "min(680px, calc(100vh - 112px))" };
  return { ...box, ...size, left: "auto", top: "auto", right: "20px", "border-radius": "16px" };
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
