// The pages of the console. Each is made once for a session and stays, hidden
// while another is looked at: a call in it goes on.

import type { Session } from "../wire";
import type { Api } from "../shared/api";
import type { Bell } from "../shared/bell";
import type { PageConfig } from "../shared/page";
import type * as english from "../texts/en_staff";
import type { Banner } from "./banner";
import type { Settings } from "./settings";

/** What every page is made with. */
export interface PlaceOptions {
  api: Api;
  config: PageConfig;
  words: typeof english;
  language: string;
  session: Session;
  settings: Settings;
  bell: Bell;
  banner: Banner;
  /** The session is over: why, in words. */
  over(why: string): void;
}

export interface Place {
  readonly id: string; // in the address, behind the #
  readonly title: string;
  readonly element: HTMLElement;
  /** It is looked at, or no longer. */
  show?(shown: boolean): void;
  /** The session ends. */
  end?(): void;
}
