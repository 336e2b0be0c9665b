// What a doctor can do with a conversation as a whole. Each thing that the
// patient notices is asked once more.

import type { Command, Head, Phase } from "../wire";
import { fill, h } from "../shared/dom";
import { type Department, inLanguage } from "../shared/page";
import type { console_ as english } from "../texts/en";

export interface DeedsOptions {
  words: typeof english;
  departments: readonly Department[];
  language: string;
  do(command: Omit<Command, "key">): void;
}

type Ask = "finish" | "transfer" | "release" | "close";

export class Deeds {
  readonly element = h("div", { class: "deeds" });
  private asking: Ask | null = null;
  private drawn = "";
  private state: [Phase | "", boolean, Head | undefined] = ["", false, undefined];

  constructor(private readonly o: DeedsOptions) {}

  show(phase: Phase | "", mine: boolean, head: Head | undefined): void {
    this.state = [phase, mine, head];
    const state = JSON.stringify([phase, mine, head?.department, head?.owed, this.asking]);
    if (state === this.drawn) return;
    this.drawn = state;
    const { words } = this.o;
    if (!mine) this.asking = null;
    this.element.classList.toggle("asking", this.asking !== null);
    const open = this.element.querySelector("details")?.open ?? false; // a menu does not shut under the hand
    const focus = (document.activeElement as HTMLElement | null)?.dataset["act"];
    if (this.asking) fill(this.element, this.question(this.asking));
    else if (mine) fill(this.element, ...this.own(head, open));
    else fill(this.element, this.mayClaim(phase, head) &&
      this.button("claim", phase === "closed" ? words.takeUp : words.claim, "", () => this.o.do({ do: "claim" })));
    if (focus && !this.asking) this.element.querySelector<HTMLElement>(`[data-act="${focus}"]`)?.focus();
  }

  /** Who waits in a department that is not mine stands in none of my lists. */
  private mayClaim(phase: Phase | "", head: Head | undefined): boolean {
    return phase === "closed" || (phase === "waiting" && head !== undefined);
  }

  private own(head: Head | undefined, open: boolean): HTMLElement[] {
    const { words } = this.o;
    return [
      this.button("finish", words.finish, "", () => this.ask("finish")),
      h("details", { class: "more", open }, h("summary", {}, words.more),
        h("div", { class: "more-list" },
          head?.owed !== undefined && this.button("nothing-owed", words.nothingOwed, "ghost", () => this.o.do({ do: "nothing_owed" })),
          this.button("release", words.release, "ghost", () => this.ask("release")),
          this.others().length > 0 && this.button("transfer", words.transfer, "ghost", () => this.ask("transfer")),
          this.button("close", words.close, "ghost", () => this.ask("close")))),
    ];
  }

  private others(): Department[] {
    return this.o.departments.filter((d) => d.id !== this.state[2]?.department);
  }

  private ask(what: Ask | null): void {
    this.asking = what;
    this.show(...this.state);
    this.element.querySelector<HTMLElement>(what ? "input, select, button" : "button")?.focus();
  }

  private question(what: Ask): HTMLElement {
    const { words, language } = this.o;
    const field = what === "finish" ? h("input", { maxlength: "200", "aria-label": words.outcome, placeholder: words.outcome })
      : what === "transfer" ? h("select", { "aria-label": words.transferTo }, ...this.others().map((d) => h("option", { value: d.id }, inLanguage(d.title, language))))
        : null;
    const more = { finish: words.finishMore, close: words.closeMore, release: words.releaseMore, transfer: words.transferTo }[what];
    const yes = (): void => {
      this.asking = null;
      this.o.do(this.command(what, field?.value ?? ""));
      this.show(...this.state);
    };
    return h("form", { class: "question", onsubmit: (e) => { e.preventDefault(); yes(); }, onkeydown: (e) => e.key === "Escape" && this.ask(null) },
      h("p", {}, more), field,
      h("button", { type: "submit", class: what === "close" ? "bad" : "", "data-act": "sure" }, { finish: words.finish, close: words.close, release: words.release, transfer: words.transfer }[what]),
      h("button", { type: "button", class: "plain", onclick: () => this.ask(null) }, words.cancel));
  }

  private command(what: Ask, value: string): Omit<Command, "key"> {
    if (what === "finish") return value.trim() ? { do: "finish", outcome: value.trim() } : { do: "finish" };
    if (what === "transfer") return { do: "transfer", to: value };
    return { do: what };
  }

  private button(act: string, label: string, kind: string, press: () => void): HTMLButtonElement {
    return h("button", { type: "button", class: kind, "data-act": act, onclick: press }, label);
  }
}
