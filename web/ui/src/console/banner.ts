// What everybody at the console has to know whatever they look at, above the
// page: one line for each cause, which goes when its cause does.

import { fill, h } from "../shared/dom";

export interface Notice {
  text: string;
  /** What else is to be said or pressed. */
  more?: Node;
  bad?: boolean;
}

export class Banner {
  readonly element = h("div", { class: "banners" });
  private readonly all = new Map<string, { notice: Notice; line: HTMLElement }>();

  /** set says or takes back what a cause has to say; the same again changes
   *  nothing, so that it is not spoken again. */
  set(cause: string, notice: Notice | null): void {
    const had = this.all.get(cause);
    if (notice === null) {
      had?.line.remove();
      this.all.delete(cause);
      return;
    }
    if (had && had.notice.text === notice.text && had.notice.bad === notice.bad && !notice.more) return;
    const line = had?.line ?? h("div", { class: "notice", "data-cause": cause });
    line.classList.toggle("bad", notice.bad ?? false);
    line.setAttribute("role", notice.bad ? "alert" : "status");
    fill(line, h("span", {}, notice.text), notice.more);
    if (!had) this.element.append(line);
    this.all.set(cause, { notice, line });
  }
}
