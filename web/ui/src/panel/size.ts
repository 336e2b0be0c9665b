// How large the patient wants the text: a part of whatever size browser and
// system give, for all of the panel is measured in rem.

import type { Shelf } from "../shared/shelf";

export const sizes: readonly number[] = [100, 125, 150, 175, 200];

export class TextSize {
  constructor(private readonly shelf: Shelf, private readonly root = document.documentElement) {
    this.apply();
  }

  get percent(): number {
    const kept = Number(this.shelf.get("size"));
    return sizes.includes(kept) ? kept : 100;
  }

  /** step goes to the next larger (1) or smaller (−1) size. */
  step(by: 1 | -1): void {
    const next = sizes[sizes.indexOf(this.percent) + by];
    if (next === undefined) return;
    this.shelf.set("size", String(next));
    this.apply();
  }

  private apply(): void {
    this.root.style.fontSize = this.percent === 100 ? "" : `${this.percent}%`;
    this.root.classList.toggle("large-text", this.percent >= 150);
  }
}
