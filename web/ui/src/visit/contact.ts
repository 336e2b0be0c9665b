// Where the patient is written to when the page is closed: a number, an address, or
// this browser itself.

import type { Channel, Subscription } from "../wire";
import type { LeftContact } from "../shared/appointments";
import { fill, h } from "../shared/dom";
import { newKey } from "../shared/secret";
import { codeOf, failureWords, type Host } from "./host";
import { presses } from "./press";

export interface ContactOptions {
  host: Host;
  /** In which the clinic can write, and this page be reached. */
  channels: readonly Channel[];
  /** subscribe has this browser woken; null where it may not. */
  subscribe(): Promise<Subscription | null>;
}

export class ContactCard {
  readonly element = h("section", { class: "visit-card contact", hidden: true });
  private readonly left = h("div", { class: "left-contacts" });
  private readonly form = h("form", { novalidate: true, onsubmit: (e) => this.submit(e) });
  private readonly error = h("p", { class: "error", id: "contact-error", hidden: true });
  private readonly button: HTMLButtonElement;
  private channel: Channel;
  private field: HTMLInputElement | null = null;
  private open = false;
  private drawn = "";
  private key = newKey();

  constructor(private readonly o: ContactOptions) {
    const { contact } = o.host.words;
    this.channel = o.channels[0] ?? "sms";
    this.element.setAttribute("aria-label", contact.title);
    this.button = h("button", { type: "button", class: "plain open-contact", "data-act": "contact", "aria-expanded": "false", onclick: () => this.toggle(!this.open) }, contact.open);
    this.element.append(this.button, this.left, this.form);
  }

  /** show follows what was left; off hides it all. */
  show(on: boolean, contacts: readonly LeftContact[]): void {
    const drawn = JSON.stringify([on, contacts]);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    this.element.hidden = this.o.channels.length === 0 || (!on && contacts.length === 0);
    const had = this.form.contains(document.activeElement);
    this.list(contacts);
    this.toggle(this.open && contacts.length === 0);
    if (had && !this.open) this.button.focus();
  }

  private list(contacts: readonly LeftContact[]): void {
    const { host } = this.o;
    const { contact } = host.words;
    this.left.hidden = contacts.length === 0;
    const rows = contacts.map((c) => {
      const where = c.address || contact.thisBrowser;
      return h("li", {}, h("span", { dir: "ltr" }, where), presses(host, {
        act: `drop-${c.channel}`, text: contact.remove, name: contact.removeFrom(where), look: "small", run: () => host.command({ key: newKey(), do: "drop_contact", channel: c.channel }),
      }));
    });
    fill(this.left, h("p", {}, contact.left), h("ul", {}, ...rows));
  }

  private toggle(open: boolean): void {
    this.open = open;
    this.button.setAttribute("aria-expanded", String(open));
    this.form.hidden = !open;
    if (!open) return;
    this.draw();
    (this.field ?? this.form.querySelector<HTMLElement>("button"))?.focus();
  }

  private draw(): void {
    const { host, channels } = this.o;
    const { contact } = host.words;
    this.fault("");
    const ways = channels.map((c) => h("label", { class: "way" }, h("input", { type: "radio", name: "contact-way", value: c, checked: c === this.channel, onchange: () => {
      this.channel = c;
      this.key = newKey();
      this.draw();
      this.form.querySelector<HTMLElement>(`input[value="${c}"]`)?.focus();
    } }), contact.how[c]));
    const kind = this.channel === "sms" ? { type: "tel", autocomplete: "tel", inputmode: "tel" } : { type: "email", autocomplete: "email", inputmode: "email" };
    this.field = this.channel === "push" ? null : h("input", { ...kind, dir: "ltr", id: "contact-field", "aria-describedby": "contact-error" });
    fill(this.form, h("p", { class: "hint" }, contact.lead),
      channels.length > 1 && h("div", { class: "ways-to-write", role: "radiogroup", "aria-label": contact.title }, ...ways),
      this.field && h("label", { for: "contact-field" }, contact.label[this.channel]), this.field, this.error,
      h("button", { type: "submit", "data-act": "save-contact" }, this.channel === "push" ? contact.push : contact.save));
  }

  private submit(e: Event): void {
    e.preventDefault();
    void this.save();
  }

  private async save(): Promise<void> {
    const { host, subscribe } = this.o;
    const { contact } = host.words;
    const { channel, key } = this;
    const address = this.field?.value.trim() ?? "";
    if (this.field && !plausible(channel, address)) return this.fault(contact.wrong[channel]);
    const button = this.form.querySelector<HTMLButtonElement>('[type="submit"]');
    if (button) button.disabled = true;
    try {
      const push = channel === "push" ? await subscribe() : undefined;
      if (push === null) this.fault(contact.wrong.push);
      else await host.command({ key, do: "leave_contact", channel, ...(push ? { push } : { address }) });
      this.key = newKey();
    } catch (err) {
      this.key = newKey();
      this.fault(codeOf(err) === "invalid" ? contact.wrong[channel] : failureWords(host.words, err));
    }
    if (button) button.disabled = false;
  }

  private fault(why: string): void {
    this.error.textContent = why;
    this.error.hidden = why === "";
    if (why === "") return;
    this.field?.setAttribute("aria-invalid", "true");
    this.field?.focus();
    this.o.host.say(why);
  }
}

/** plausible spares a trip to the server, which has the last word. */
export function plausible(channel: Channel, address: string): boolean {
  if (channel === "sms") return address.replace(/\D/g, "").length >= 7;
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address);
}
