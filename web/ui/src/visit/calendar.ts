// An appointment in the patient's own calendar. Its address there is our join link.

import type { Calendar } from "../wire";
import { fill, h } from "../shared/dom";
import { failureWords, type Host } from "./host";

/** calendarWays asks for them once it is opened, and shows them. */
export function calendarWays(host: Host, booking: string): HTMLElement {
  const { booked } = host.words;
  const box = h("div", { class: "calendars", hidden: true });
  const open = h("button", { type: "button", class: "plain", "data-act": "calendar", "aria-expanded": "false", onclick: () => void toggle() }, booked.calendar);
  const toggle = async (): Promise<void> => {
    box.hidden = !box.hidden;
    open.setAttribute("aria-expanded", String(!box.hidden));
    if (box.hidden || box.childElementCount > 0) return;
    fill(box, h("span", { class: "busy", "aria-hidden": "true" }));
    try {
      ways(await host.ask<Calendar>("GET", `/api/v1/bookings/${encodeURIComponent(booking)}/calendar`));
    } catch (e) {
      fill(box, h("p", { class: "error" }, failureWords(host.words, e)));
      host.say(box.textContent ?? "");
    }
  };
  const ways = (c: Calendar): void => {
    const names = booked.calendars;
    const link = (name: keyof typeof names, url: string): HTMLElement | false =>
      /^https:\/\//.test(url) && h("a", { class: "button plain", "data-calendar": name, href: url, target: "_blank", rel: "noopener noreferrer" }, names[name]);
    fill(box, link("google", c.google), link("outlook", c.outlook), link("office", c.office),
      h("button", { type: "button", class: "plain", "data-calendar": "ics", onclick: () => void download(c.ics) }, names.ics));
    box.querySelector<HTMLElement>("a, button")?.focus();
  };
  const download = async (address: string): Promise<void> => {
    try {
      save(await host.file(new URL(address, location.href).pathname), "visit.ics");
      host.say(booked.fetched);
    } catch (e) {
      box.append(h("p", { class: "error" }, failureWords(host.words, e)));
    }
  };
  return h("div", {}, open, box);
}

/** save hands a file to the browser as if it had been a link to it. */
function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = h("a", { href: url, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
