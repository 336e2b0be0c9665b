// Files that have been fetched. They come with the credential in a header, so no
// address of theirs opens anything; what is shown has an address of this page alone.

import type { FileSent } from "./file";

export class Fetched {
  private readonly small = new Map<string, Promise<string>>();

  constructor(private readonly bearer?: () => string | null) {}

  /** thumbnail is the address of the small picture, for as long as the page. */
  thumbnail(conversation: string, file: string): Promise<string> {
    const had = this.small.get(file);
    if (had) return had;
    const now = this.blob(conversation, file, "/thumbnail").then((b) => URL.createObjectURL(b));
    this.small.set(file, now);
    now.catch(() => this.small.delete(file));
    return now;
  }

  /** whole is the file itself; give its address back with URL.revokeObjectURL. */
  async whole(conversation: string, file: string): Promise<string> {
    return URL.createObjectURL(await this.blob(conversation, file, ""));
  }

  /** save hands the file to the browser to keep. */
  async save(conversation: string, f: FileSent): Promise<void> {
    const url = await this.whole(conversation, f.file);
    const a = document.createElement("a");
    a.href = url;
    a.download = f.name;
    document.body.append(a);
    a.click();
    a.remove();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }

  private async blob(conversation: string, file: string, which: string): Promise<Blob> {
    const bearer = this.bearer?.();
    const answer = await fetch(`/api/v1/conversations/${conversation}/files/${file}${which}`, {
      headers: bearer ? { Authorization: "Bearer " + bearer } : {},
      credentials: this.bearer ? "omit" : "same-origin",
      cache: "no-store",
    });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    return answer.blob();
  }
}
