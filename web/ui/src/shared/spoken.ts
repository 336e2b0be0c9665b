// How a line of the chat sounds: its sender, its words in their own language, and
// for a question that is still open how it is answered.

import type { Asked, Line } from "./talk";
import type { Saying } from "./voice";

export interface Sound {
  /** The language of the page's own words. */
  language: string;
  who: (line: Line) => string;
  mine: (line: Line) => boolean;
  /** The words for what happened; "" says nothing. */
  event: (line: Line) => string;
  /** How an open question is answered; a page on which nobody answers has none. */
  how?: (asked: Asked) => readonly Saying[];
}

/** spoken gives the pieces to say of a line, none for one's own words. */
export function spoken(l: Line, s: Sound, asked: Asked | null = null): Saying[] {
  if (l.kind !== "text" && l.kind !== "note") return [{ text: s.event(l), lang: s.language }];
  if (s.mine(l)) return [];
  const open = asked?.seq === l.seq ? s.how?.(asked) ?? [] : [];
  return [{ text: `${s.who(l)}:`, lang: s.language }, { text: l.text, lang: l.lang }, ...open];
}
