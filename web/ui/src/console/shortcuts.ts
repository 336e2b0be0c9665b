// What each key does at the conversations.

import type { console_ as english, visits } from "../texts/en_staff";
import type { DutySwitch } from "./duty";
import type { Shortcut } from "./keys";
import type { Lists } from "./lists";
import type { Offers } from "./offers";
import type { Office } from "./office";
import type { Pane } from "./pane";

export interface ShortcutsOptions {
  words: typeof english;
  visits: typeof visits;
  office: Office;
  lists: Lists;
  /** The pane that is looked at. */
  pane(): Pane | undefined;
  offers: Offers;
  duty: DutySwitch;
  sheet(): void;
  mute(): void;
}

/** shortcuts is the table that keys and sheet are made of; see Keys. */
export function shortcuts(o: ShortcutsOptions): Shortcut[] {
  const w = o.words.shortcuts;
  const v = o.visits.keys;
  const { office, lists } = o;
  const press = (act: string, how: "press" | "focus" = "press") => () => o.pane()?.press(act, how) ?? false;
  const go = (id: string): boolean => {
    if (id) office.select(id);
    return id !== "";
  };
  const move = { group: w.moving };
  const talk = { group: w.talking };
  const call = { group: w.calling };
  const end = { group: w.ending };
  return [
    { codes: ["KeyJ"], sign: "J", words: w.down, run: () => lists.move(1), ...move },
    { codes: ["KeyK"], sign: "K", words: w.up, run: () => lists.move(-1), ...move },
    { codes: ["KeyU"], alt: true, sign: "U", words: w.unread, run: () => go(lists.nextUnread()), ...move },
    { codes: ["BracketRight"], alt: true, sign: "]", words: w.nextTab, run: () => go(office.tabs.beside(1)), ...move },
    { codes: ["BracketLeft"], alt: true, sign: "[", words: w.lastTab, run: () => go(office.tabs.beside(-1)), ...move },
    { codes: digits, sign: "1 … 9", words: w.tab, run: (code) => go(office.tabs.all[digits.indexOf(code)] ?? ""), ...move },
    { codes: ["KeyX"], sign: "X", words: w.closeTab, run: () => shut(o), ...move },
    { codes: ["Slash"], sign: "/", words: w.find, run: () => lists.finder.focus(), ...move },
    { codes: ["KeyY"], alt: true, anywhere: true, over: true, sign: "Y", words: v.accept, run: () => o.offers.accept(), ...talk },
    { codes: ["KeyQ"], alt: true, anywhere: true, over: true, sign: "Q", words: v.decline, run: () => o.offers.decline(), ...talk },
    { codes: ["KeyC"], sign: "C", words: w.claim, run: press("claim"), ...talk },
    { codes: ["KeyD"], sign: "D", words: w.callbackDone, run: press("callback-done"), ...talk },
    { codes: ["KeyL"], sign: "L", words: w.callbackFailed, run: press("callback-failed"), ...talk },
    { codes: ["KeyA"], sign: "A", words: w.answer, run: () => o.pane()?.composer.focus("send"), ...talk },
    { codes: ["KeyN"], sign: "N", words: w.note, run: () => o.pane()?.composer.focus("note"), ...talk },
    { codes: ["KeyO"], sign: "O", words: w.nothingOwed, run: press("nothing-owed"), ...talk },
    { codes: ["KeyV"], sign: "V", words: w.video, run: () => ["join", "ring", "escalate", "again"].some((act) => o.pane()?.press(act)), ...call },
    { codes: ["KeyP"], sign: "P", words: v.propose, run: press("propose"), ...call },
    { codes: ["KeyH"], sign: "H", words: w.hangUp, run: press("hang-up", "focus"), ...call },
    { codes: ["KeyF"], sign: "F", words: w.finish, run: press("finish"), ...end },
    { codes: ["KeyR"], sign: "R", words: w.release, run: press("release"), ...end },
    { codes: ["KeyT"], sign: "T", words: w.transfer, run: press("transfer"), ...end },
    { codes: ["KeyB"], anywhere: true, sign: "B", words: v.duty, run: () => o.duty.next(), group: w.more },
    { codes: ["KeyM"], sign: "M", words: w.mute, run: () => o.mute(), group: w.more },
    { codes: ["Slash", "Digit7"], shift: true, alt: true, sign: "?", words: w.sheet, run: () => o.sheet(), group: w.more },
  ];
}

const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `Digit${n}`);

/** A call is left first, on purpose. */
function shut(o: ShortcutsOptions): boolean {
  const { office } = o;
  if (!office.selected || o.pane()?.visit.inside) return false;
  office.shut(office.selected);
  return true;
}

