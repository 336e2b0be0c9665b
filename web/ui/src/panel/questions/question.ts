// What every kind of question has in common: it is drawn once, from what was
// asked, and hands on what was pressed.

import type { Asked } from "../../shared/talk";
import type * as english from "../../texts/en";
import type { Language } from "../../texts/pick";
import type { Part } from "../later";
import type { FileDesk } from "./files";

export interface Answer {
  option?: string;
  options?: string[];
}

export interface QuestionOptions {
  words: typeof english;
  language: Language;
  /** The clinic's answer to a press; shown stands in the chat until it is recorded. */
  answer(asked: Asked, answer: Answer, shown: string): void;
  skip(asked: Asked): void;
  /** Where files are sent; without it none can be asked for. */
  files?: FileDesk;
  /** later calls back with the second bundle, at once where it is here. */
  later?(use: (part: Part) => void): void;
}

/** Draw makes the elements that answer a question; a list of none is a question
 *  whose answer is typed. */
export type Draw = (asked: Asked, o: QuestionOptions) => HTMLElement[];
