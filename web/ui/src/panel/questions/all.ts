// Which question is answered how: one module for each type. A type that is not
// here is answered by typing.

import type { Asked } from "../../shared/talk";
import { buttons } from "./buttons";
import { consent } from "./consent";
import { files } from "./files";
import type { Draw } from "./question";
import { scale } from "./scale";
import { several } from "./several";
import { times } from "./times";

const table: Record<string, Draw> = {
  choice: buttons,
  yes_no: buttons,
  choices: several,
  consent,
  times,
  files,
};

/** drawOf is how a question is drawn; null for one that is typed. */
export function drawOf(asked: Asked): Draw | null {
  if (asked.type === "number") return asked.show === "scale" ? scale : null;
  return table[asked.type] ?? (asked.options.length > 0 ? buttons : null);
}
