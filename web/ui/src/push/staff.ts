// A doctor's browser: woken while the console is in the background, until they sign
// out.

import type { Api } from "../shared/api";
import { subscribe, unsubscribe } from "./subscribe";

const folder = "/console/";

/** wake lets the server wake this browser, where the person has allowed messages. */
export async function wake(api: Api): Promise<void> {
  const push = await subscribe((m, p, b) => api.call(m, p, b), folder);
  if (push) await api.call("POST", "/api/v1/push", { push }).catch(() => undefined);
}

/** rest ends it: the next at this browser is somebody else. The server forgets it with
 *  the sign-in. */
export async function rest(): Promise<void> {
  await unsubscribe(folder);
}
