// The patients who are offered to this doctor, each as a card over whatever is
// looked at, until it is answered or the time is over.

import type { Head } from "../wire";
import { h } from "../shared/dom";
import { OfferCard, type OffersOptions } from "./offercard";

export class Offers {
  readonly element = h("div", { class: "offers", hidden: true });
  private readonly cards = new Map<string, OfferCard>();
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly o: OffersOptions) {}

  /** show takes those that stand: emergencies first, then the one that ends first. */
  show(heads: readonly Head[]): void {
    const sorted = [...heads].sort((a, b) => Number(b.priority === "emergency") - Number(a.priority === "emergency") || (a.offer?.until ?? "").localeCompare(b.offer?.until ?? ""));
    const keys = sorted.map(keyOf);
    for (const [key, card] of this.cards) if (!keys.includes(key) && !card.outlives(() => this.drop(key))) this.drop(key);
    sorted.forEach((head, i) => {
      const key = keyOf(head);
      const card = this.cards.get(key) ?? new OfferCard(this.o, head);
      this.cards.set(key, card);
      if (this.element.children[i] !== card.element) this.element.insertBefore(card.element, this.element.children[i] ?? null);
    });
    this.element.hidden = this.cards.size === 0;
    clearInterval(this.timer);
    if (sorted.length > 0) this.timer = setInterval(() => this.tick(), 500);
    this.tick();
  }

  accept(): boolean {
    return this.first()?.accept() ?? false;
  }

  decline(): boolean {
    return this.first()?.ask() ?? false;
  }

  end(): void {
    clearInterval(this.timer);
  }

  private drop(key: string): void {
    this.cards.get(key)?.element.remove();
    this.cards.delete(key);
    this.element.hidden = this.cards.size === 0;
  }

  private first(): OfferCard | undefined {
    return [...this.cards.values()].find((c) => c.element === this.element.firstElementChild);
  }

  private tick(): void {
    for (const card of this.cards.values()) card.tick(this.o.now());
  }
}

/** The same patient offered anew is another card. */
const keyOf = (x: Head): string => `${x.id} ${x.offer?.until ?? ""}`;
