// What stands above the chat beside the call: a time that is offered, the
// appointment, what the doctor has said at the end; and what can be done while a
// doctor is waited for. A sheet that is open has the place to itself.

import { firm } from "../shared/appointments";
import { thisBrowser } from "../shared/browser";
import { isOpen } from "../shared/call";
import type { Choice } from "../shared/chosen";
import { h } from "../shared/dom";
import { newKey } from "../shared/secret";
import type { Talk } from "../shared/talk";
import type { Channel, Elsewhere, Subscription } from "../wire";
import { AppointmentCard } from "./appointment";
import { Besides } from "./besides";
import { ContactCard } from "./contact";
import { DeviceCheck } from "./device/check";
import type { Host } from "./host";
import { InAppSheet, type InAppOptions } from "./inapp";
import { OutcomeCard } from "./outcome";
import { ProposalCard } from "./proposal";

export interface VisitsOptions {
  host: Host;
  /** The clinic's name, for what is printed. */
  clinic(): string;
  /** What to press where a browser keeps the camera back. */
  steps: Record<string, string[]>;
  sound: { get(): boolean; set(on: boolean): void };
  chosen(choice: Choice | null): void;
  phone: boolean;
  channels: readonly Channel[];
  subscribe(): Promise<Subscription | null>;
  elsewhere(): Promise<Elsewhere>;
  labels: InAppOptions["labels"];
  /** A flow of this page may lead to video. */
  video: boolean;
  /** Whether the patient has chosen to go on inside the app. */
  inApp: { stays(): boolean; stay(): void };
  /** This page shows the call just now: the camera is not ours to check. */
  inCall(): boolean;
  /** Something opened or closed: draw again. */
  changed(): void;
}

export class Visits {
  readonly element = h("div", { class: "visits" });
  private readonly proposal: ProposalCard;
  private readonly appointment: AppointmentCard;
  private readonly outcome: OutcomeCard;
  private readonly besides: Besides;
  private readonly contact: ContactCard;
  private readonly device: DeviceCheck;
  private readonly inApp: InAppSheet;
  private readonly cards = h("div", { class: "cards" });
  private opener: HTMLElement | null = null;

  constructor(private readonly o: VisitsOptions) {
    const { host } = o;
    this.device = new DeviceCheck({
      words: host.words, steps: o.steps, say: (text) => host.say(text), sound: o.sound, chosen: (choice) => o.chosen(choice), phone: o.phone, left: () => this.left(),
      send: (devices) => host.command({ key: newKey(), do: "devices", devices }),
    });
    this.inApp = new InAppSheet({ host, make: () => o.elsewhere(), labels: o.labels, stay: () => {
      o.inApp.stay();
      o.changed();
    } });
    this.proposal = new ProposalCard(host);
    this.appointment = new AppointmentCard({ host, check: () => this.check() });
    this.outcome = new OutcomeCard(host, () => o.clinic());
    this.besides = new Besides(host, () => this.check());
    this.contact = new ContactCard({ host, channels: o.channels, subscribe: () => o.subscribe() });
    this.cards.append(this.proposal.element, this.appointment.element, this.outcome.element, this.contact.element, this.besides.element);
    this.element.append(this.inApp.element, this.device.element, this.cards);
  }

  /** first is true while the patient should read this before any question. */
  get first(): boolean {
    return this.inApp.open;
  }

  /** show follows the conversation. */
  show(talk: Talk): void {
    const { o } = this;
    const waits = talk.phase === "waiting" || talk.phase === "parked";
    const inCall = o.inCall();
    const next = firm(talk)[0] ?? null;
    if (inCall) this.device.close();
    this.proposal.show(talk.appointments.find((a) => a.state === "proposed") ?? null);
    const called = next !== null && next.late === 0 && (inCall || (isOpen(talk.call) && talk.call.id === next.id)); // the call's card says the rest
    this.appointment.show(called ? null : next, talk.phase === "parked", next?.state === "due" && !isOpen(talk.call));
    this.outcome.show(talk.outcome, talk.phase !== "closed" && talk.phase !== "parked" && talk.phase !== "intake");
    this.contact.show(waits, talk.phase === "closed" ? [] : talk.contacts);
    const consulting = talk.phase === "consulting" && !isOpen(talk.call);
    this.besides.show({ check: !inCall && o.video && !next && (talk.phase === "waiting" || consulting), video: talk.asksVideo ? "asked" : consulting && o.video ? "ask" : "" });
    if (this.mayLeaveApp(talk)) void this.inApp.show();
    this.place();
  }

  /** leave ends what runs: another language's takes its place. */
  leave(): void {
    this.appointment.leave();
    this.device.stop();
  }

  /** shut closes the sheet that can be closed, and says whether there was one. */
  shut(): boolean {
    const open = this.device.open;
    this.device.close();
    return open;
  }

  /** Only at the start: whoever has answered already has chosen to be here. */
  private mayLeaveApp(talk: Talk): boolean {
    const answered = talk.answers.length > 0 || talk.lines.some((l) => l.role === "patient" && l.kind === "text"); // to begin is none
    return this.o.video && thisBrowser().inApp && talk.phase === "intake" && !this.o.inApp.stays() && !answered;
  }

  private check(): void {
    this.opener = document.activeElement as HTMLElement | null;
    this.device.show();
    this.place();
    this.device.element.focus();
  }

  private left(): void {
    this.place();
    if (this.opener?.isConnected) this.opener.focus();
    this.o.changed();
  }

  private place(): void {
    const sheet = this.device.open || this.inApp.open;
    this.cards.hidden = sheet || [...this.cards.children].every((e) => (e as HTMLElement).hidden);
    this.element.classList.toggle("sheet", sheet);
    this.element.hidden = !sheet && this.cards.hidden;
  }
}
