// The bar above the chat: how things stand where they are not as they should
// be, and the press that may help.

import { fill, h } from "../shared/dom";
import { refusalWords } from "../texts/refusals";
import type * as english from "../texts/en";
import type { Desk } from "./desk";

export interface NoticeOptions {
  words: typeof english;
  desk: Desk;
  /** Whether the browser keeps anything. */
  lasting: boolean;
  /** The composer holds something that was not sent. */
  holds(): boolean;
  /** Going on on another device, where this one keeps nothing. */
  elsewhere(): void;
}

interface Said {
  text: string;
  bad?: boolean;
  /** It is read out as well. */
  aloud?: boolean;
  press?: Press;
  /** The other way. */
  instead?: Press;
}

interface Press {
  text: string;
  act: () => void;
  name?: string;
}

export class Notice {
  readonly element = h("div", { class: "notice", hidden: true });
  /** What the voice says of it. */
  aloud = "";

  constructor(private readonly o: NoticeOptions) {}

  show(): void {
    const said = this.said();
    this.aloud = said.aloud ? said.text : "";
    if (this.element.dataset["words"] === said.text) return;
    this.element.dataset["words"] = said.text;
    this.element.hidden = said.text === "";
    this.element.classList.toggle("bad", said.bad === true);
    const button = (press: Press | undefined, look: string): HTMLElement | undefined =>
      press && h("button", { type: "button", class: look, "data-act": press.name ?? false, onclick: press.act }, press.text);
    const { press, instead } = said;
    fill(this.element, h("p", {}, said.text), press && h("div", { class: "again" },
      button(press, said.bad || instead ? "" : "small"), button(instead, "plain")));
  }

  private said(): Said {
    const { desk, words, lasting } = this.o;
    const { common, panel } = words;
    const { phase, last } = desk.talk;
    if (desk.stage === "not_started") return this.notStarted();
    if (desk.stage === "invited") return this.invited();
    if (desk.stage === "dead") return { text: panel.deadTicket, bad: true, aloud: true, press: { text: panel.newOne, act: () => void desk.startAnew() } };
    if (desk.stage === "starting") return { text: panel.starting };
    if (desk.face === "offline") return { text: common.offline };
    if (desk.face === "never") return { text: panel.refused["other"] ?? "", bad: true, aloud: true, press: { text: panel.startAgain, act: () => location.reload() } };
    if (desk.face === "connecting" && last === 0) return { text: common.connecting };
    if (desk.carried && this.o.holds()) return { text: panel.carried, aloud: true };
    if (!lasting && phase !== "closed") {
      const text = phase === "waiting" ? panel.waitingHere : panel.memory;
      return { text, aloud: true, press: { text: panel.elsewhere.open, act: () => this.o.elsewhere() } };
    }
    if (desk.talk.emergency && phase !== "closed") return { text: "" }; // its card says what matters
    return { text: phase === "waiting" ? panel.waiting : "", aloud: true };
  }

  private invited(): Said {
    const { desk, words: { panel } } = this.o;
    return {
      text: panel.elsewhere.invited, aloud: true,
      press: { text: panel.elsewhere.accept, act: () => void desk.accept(), name: "accept" },
      instead: { text: desk.has ? panel.back : panel.newOne, act: () => void desk.stay(), name: "stay" },
    };
  }

  /** A start that may succeed by itself says so; every other asks for a press. */
  private notStarted(): Said {
    const { desk, words } = this.o;
    const { panel } = words;
    const code = desk.trouble?.code;
    const text = code === "too_many" ? panel.full : code === "unavailable" ? panel.shut : code === "offline" ? words.common.offline
      : code && code !== "unknown" && panel.refused[code] ? refusalWords(panel, code, desk.trouble?.message) : panel.notStarted;
    if (code === "gone" || code === "taken") {
      return { text, bad: true, aloud: true, press: { text: desk.has ? panel.back : panel.newOne, act: () => void desk.stay() } };
    }
    return { text, bad: true, aloud: true, press: { text: panel.startAgain, act: () => void desk.begin() } };
  }
}
