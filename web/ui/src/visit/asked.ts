// The flow's question for a time.

import type { Answer } from "../panel/questions/question";
import type { Asked } from "../shared/talk";
import { bookingTexts } from "../texts/booking";
import type { Language } from "../texts/pick";
import { TimesList } from "./times";

/** askedTimes draws it; an option goes back as it was offered. */
export function askedTimes(asked: Asked, language: Language, answer: (asked: Asked, answer: Answer, shown: string) => void): HTMLElement {
  const words = bookingTexts(language).times;
  const none = asked.options.find((x) => x.id === "none")?.text ?? words.none;
  const idOf = (at: Date): string => asked.options.find((x) => Date.parse(x.id) === at.getTime())?.id ?? "";
  return new TimesList({
    words, language, moments: asked.options.map((x) => new Date(x.id)),
    pick: (at, whole) => answer(asked, { option: idOf(at) }, whole),
    none: { text: none, press: () => answer(asked, { option: "none" }, none) },
  }).element;
}
