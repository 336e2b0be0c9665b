// Why a file was not taken, in a doctor's words.

import { sizeWords } from "../shared/files/file";
import type { Upload } from "../shared/files/tray";
import type * as english from "../texts/en_staff";
import { staffRefusal } from "../texts/refusals";

export function whyNot(u: Upload, words: typeof english, language: string): string {
  if (u.most !== undefined) return words.files.tooLarge(sizeWords(u.most, words.files, language));
  return staffRefusal(words.console_, u.code ?? "", u.message ?? "");
}
