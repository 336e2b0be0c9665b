// Choosing files: a button with the browser's own picker behind it, and what is
// dropped or pasted.

import { h, icon } from "../dom";

export const clipShape = "M8 12.5 14.5 6a3 3 0 0 1 4.2 4.2l-8.5 8.5a5 5 0 0 1-7-7L11 4";

/** picker makes the browser's own one; open it from a press. */
export function picker(accept: string, many: boolean, picked: (files: File[]) => void, camera = false): HTMLInputElement {
  const input = h("input", {
    type: "file", class: "picker", accept, multiple: many, hidden: true, tabindex: "-1", ...(camera ? { capture: "environment" } : {}),
    onchange: () => {
      const files = [...(input.files ?? [])];
      input.value = ""; // the same file may be chosen again
      if (files.length > 0) picked(files);
    },
  });
  return input;
}

/** Attach is a clip beside the field, and the picker behind it, which stands apart:
 *  what is written goes by the form alone. */
export interface Attach {
  button: HTMLButtonElement;
  input: HTMLInputElement;
}

export function attach(label: string, accept: string, picked: (files: File[]) => void): Attach {
  const input = picker(accept, true, picked);
  const button = h("button", { type: "button", class: "ghost icon attach", "data-act": "attach", "aria-label": label, title: label, hidden: true, onclick: () => input.click() }, icon(clipShape));
  return { button, input };
}

/** takeDropped takes files that are let go over an element, and those that are
 *  pasted in it; ready says whether any are wanted now. */
export function takeDropped(element: HTMLElement, ready: () => boolean, picked: (files: File[]) => void): void {
  let over = 0;
  const mark = (by: number): void => {
    over = Math.max(0, over + by);
    element.classList.toggle("dropping", over > 0);
  };
  const wanted = (e: DragEvent): boolean => ready() && [...(e.dataTransfer?.types ?? [])].includes("Files");
  element.addEventListener("dragenter", (e) => wanted(e) && mark(1));
  element.addEventListener("dragleave", (e) => wanted(e) && mark(-1));
  element.addEventListener("dragover", (e) => wanted(e) && e.preventDefault());
  element.addEventListener("drop", (e) => {
    if (!wanted(e)) return;
    e.preventDefault();
    over = 0;
    mark(0);
    picked([...(e.dataTransfer?.files ?? [])]);
  });
  element.addEventListener("paste", (e) => {
    const files = [...(e.clipboardData?.files ?? [])];
    if (files.length === 0 || !ready()) return;
    e.preventDefault();
    picked(files);
  });
}
