// The language of panel and conversation. What the patient chose last counts, on
// whichever device; until anything is chosen both speak as the page around the panel
// does. Where there is none, the panel speaks as the conversation does: two languages
// on one screen help nobody.

import { type Language, speakable } from "../texts/pick";
import { pseudo } from "../texts/pseudo";
import type { Shelf } from "../shared/shelf";
import type { Desk } from "./desk";

export class Tongue {
  private followed = 0; // the entry that chose a language, as far as it was heeded

  constructor(public language: Language, private readonly given: boolean, private readonly desk: Desk, private readonly shelf: Shelf, private readonly changed: () => void) {
    this.language = speakable(shelf.get("language")) ?? language;
  }

  /** choose is the patient's press, or the clinic's page's word. */
  choose(wanted: Language): void {
    this.keep(wanted);
    const said = this.desk.parcels().filter((p) => p.command.do === "speak");
    for (const p of said) if (p.fate === "waiting") this.desk.outbox.discard(p.command.key); // the last press counts
    const underWay = said.some((p) => p.fate === "sending");
    if (this.desk.stage === "open" && (underWay || this.desk.talk.language !== wanted)) this.desk.do({ do: "speak", language: wanted });
    this.become(wanted);
  }

  /** follow goes with a language that was chosen on another device, or in which
   *  a conversation is held that was begun elsewhere. */
  follow(): void {
    const { talk, caughtUp } = this.desk;
    if (!caughtUp || this.language === pseudo || this.desk.parcels().some((p) => p.command.do === "speak")) return;
    if (talk.spokenAt <= this.followed) return;
    this.followed = talk.spokenAt;
    const spoken = speakable(talk.language);
    if (!spoken || spoken === this.language) return;
    if (!talk.chosen && (this.given || this.shelf.get("language") !== null)) {
      this.desk.do({ do: "speak", language: this.language });
      return;
    }
    if (talk.chosen) this.keep(spoken);
    this.become(spoken);
  }

  private keep(language: Language): void {
    this.shelf.set("language", language);
  }

  private become(language: Language): void {
    if (language === this.language) return;
    this.language = language;
    this.changed();
  }
}
