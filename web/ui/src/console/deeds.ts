// What a doctor can do with a conversation as a whole. Each thing that the
// patient notices is asked once more, here or in a dialog.

import type { Command, Head, Phase } from "../wire";
import { dialButton, fill, h } from "../shared/dom";
import type * as english from "../texts/en_staff";

export interface DeedsOptions {
  words: typeof english;
  do(command: Omit<Command, "key">): void;
  /** Each opens its dialog. */
  finish(): void;
  transfer(): void;
  propose(): void;
}

type Ask = "release" | "close" | Promised;

/** What is said of a call that the clinic owes. */
type Promised = "callback_done" | "callback_failed";

const promised = (what: Ask | null): what is Promised => what === "callback_done" || what === "callback_failed";

export class Deeds {
  readonly element = h("div", { class: "deeds" });
  private asking: Ask | null = null;
  private drawn = "";
  private state: [Phase | "", boolean, Head | undefined] = ["", false, undefined];

  constructor(private readonly o: DeedsOptions) {}

  show(phase: Phase | "", mine: boolean, head: Head | undefined): void {
    this.state = [phase, mine, head];
    const words = this.o.words.console_;
    if (promised(this.asking) ? !head?.callback : !mine) this.asking = null;
    // A question that is being answered stands, whatever else changes.
    const state = JSON.stringify(this.asking ? [this.asking] : [phase, mine, head?.department, head?.owed, head?.callback, head?.offered]);
    if (state === this.drawn) return;
    this.drawn = state;
    this.element.classList.toggle("asking", this.asking !== null);
    const open = this.element.querySelector("details")?.open ?? false; // a menu does not shut under the hand
    const focus = (document.activeElement as HTMLElement | null)?.dataset["act"];
    if (this.asking) fill(this.element, this.question(this.asking));
    else if (mine) fill(this.element, ...this.calls(head), ...this.own(head, open));
    else fill(this.element, ...this.calls(head), this.mayClaim(phase, head) &&
      this.button("claim", phase === "closed" ? words.takeUp : words.claim, "", () => this.o.do({ do: "claim" })));
    if (focus && !this.asking) this.element.querySelector<HTMLElement>(`[data-act="${focus}"]`)?.focus();
  }

  /** Who waits in a department that is not mine stands in none of my lists. */
  private mayClaim(phase: Phase | "", head: Head | undefined): boolean {
    if (phase === "closed") return true;
    return head !== undefined && (phase === "waiting" || (phase === "parked" && head.callback !== undefined) || (head.offered?.length ?? 0) > 0);
  }

  /** calls is for a call that is owed: dial, and say what came of it. */
  private calls(head: Head | undefined): HTMLElement[] {
    const words = this.o.words.console_;
    if (!head?.callback) return [];
    const { phone } = head.callback;
    return [
      ...(phone ? [dialButton("", phone)] : []),
      this.button("callback-done", words.callbackDone, "plain", () => this.ask("callback_done")),
      this.button("callback-failed", words.callbackFailed, "plain", () => this.ask("callback_failed")),
    ];
  }

  private own(head: Head | undefined, open: boolean): HTMLElement[] {
    const words = this.o.words.console_;
    return [
      this.button("finish", words.finish, "", () => this.o.finish()),
      h("details", { class: "more", open }, h("summary", {}, words.more),
        h("div", { class: "more-list" },
          head?.owed !== undefined && this.button("nothing-owed", words.nothingOwed, "ghost", () => this.o.do({ do: "nothing_owed" })),
          this.button("release", words.release, "ghost", () => this.ask("release")),
          this.button("propose", this.o.words.visits.appointment.proposeOpen, "ghost", () => this.fold(() => this.o.propose())),
          this.button("transfer", words.transfer, "ghost", () => this.fold(() => this.o.transfer())),
          this.button("close", words.close, "ghost", () => this.ask("close")))),
    ];
  }

  /** fold shuts the menu before a dialog comes over it; the focus comes back to it. */
  private fold(then: () => void): void {
    const menu = this.element.querySelector("details");
    if (menu) menu.open = false;
    menu?.querySelector("summary")?.focus();
    then();
  }

  private ask(what: Ask | null): void {
    this.asking = what;
    this.show(...this.state);
    this.element.querySelector<HTMLElement>(what ? "input, button" : "button")?.focus();
  }

  private question(what: Ask): HTMLElement {
    const words = this.o.words.console_;
    const field = what === "callback_failed" ? h("input", { maxlength: "200", required: true, "aria-label": words.callbackReason, placeholder: words.callbackReason })
      : null;
    const more = { callback_done: words.callbackDoneMore, callback_failed: words.callbackFailedMore, close: words.closeMore, release: words.releaseMore }[what];
    const yes = (): void => {
      this.asking = null;
      this.o.do(this.command(what, field?.value ?? ""));
      this.show(...this.state);
    };
    return h("form", { class: "question", onsubmit: (e) => { e.preventDefault(); yes(); }, onkeydown: (e) => e.key === "Escape" && this.ask(null) },
      h("p", {}, more), field,
      h("button", { type: "submit", class: what === "close" ? "bad" : "", "data-act": "sure" }, { callback_done: words.callbackDone, callback_failed: words.callbackFailed, close: words.close, release: words.release }[what]),
      h("button", { type: "button", class: "plain", onclick: () => this.ask(null) }, words.cancel));
  }

  private command(what: Ask, value: string): Omit<Command, "key"> {
    if (what === "callback_failed") return { do: "callback_failed", reason: value.trim() };
    return { do: what };
  }

  private button(act: string, label: string, kind: string, press: () => void): HTMLButtonElement {
    return h("button", { type: "button", class: kind, "data-act": act, onclick: press }, label);
  }
}
