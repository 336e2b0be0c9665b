// What a doctor's morning needs, each thing with how it stands, in words, and
// what to press: sound, camera and microphone, the TrueConf app, notifications.

import type { Session } from "../../wire";
import type { Api } from "../../shared/api";
import type { Bell } from "../../shared/bell";
import type { console_ as english } from "../../texts/en_staff";
import type { Settings } from "../settings";

export type Standing = "ok" | "wait" | "bad";

export interface Found {
  standing: Standing;
  words: string;
  /** What to press, where a press helps. */
  press?: { words: string; run(): void };
}

export interface Check {
  readonly name: string; // in one word, for the line that stands for all
  readonly id: string;
  found(): Found;
  end?(): void;
}

export interface ChecksOptions {
  api: Api;
  bell: Bell;
  settings: Settings;
  session: Session;
  /** The doctor comes to calls by the page. */
  byPage: boolean;
  words: typeof english;
  changed(): void;
}
