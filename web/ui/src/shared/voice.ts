// The one place of a page from which a screen reader speaks: a hidden, polite
// region. What is new goes in at its end, in order and once; nothing is ever put
// in place of something else, and what has been there for a while leaves unheard.

import { h } from "./dom";

/** A piece of what is said, in the language in which it is to be read out. */
export interface Saying {
  text: string;
  lang: string;
}

/** How long words are gathered, in milliseconds: several changes of a page close
 *  together would interrupt each other. */
const gather = 120;
/** How long they stay to be read again, before the page gets full of them. */
const stay = 30_000;

export class Voice {
  readonly element = h("div", { class: "hearing voice", "aria-live": "polite", "aria-relevant": "additions" });
  private queue: (readonly Saying[])[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly stands = new Map<string, string>();

  /** say speaks the pieces as one sentence. */
  say(...pieces: readonly Saying[]): void {
    const said = pieces.filter((p) => p.text !== "");
    if (said.length === 0) return;
    this.queue.push(said);
    this.timer ??= setTimeout(() => this.flush(), gather);
  }

  /** status speaks how something stands, whenever it is another way than before;
   *  it is called at every drawing. */
  status(of: string, text: string, lang: string): void {
    if ((this.stands.get(of) ?? "") === text) return;
    this.stands.set(of, text);
    this.say({ text, lang });
  }

  private flush(): void {
    this.timer = undefined;
    const said = this.queue.splice(0).map((pieces) => h("p", {}, ...pieces.map((p, i) =>
      h("span", { lang: p.lang || null }, (i > 0 ? " " : "") + p.text))));
    this.element.append(...said);
    setTimeout(() => said.forEach((p) => p.remove()), stay);
  }
}
