// The staff's sign-in.

import type { console_ as english } from "../texts/en_staff";
import { type Api, Refused } from "../shared/api";
import { h } from "../shared/dom";
import { type PageConfig, titleOf } from "../shared/page";

/** signIn gives the form; done is called when the session stands. */
export function signIn(api: Api, words: typeof english, config: PageConfig, why: string, done: () => void): HTMLElement {
  const login = h("input", { name: "login", autocomplete: "username", autocapitalize: "none", spellcheck: "false", required: true, id: "login" });
  const password = h("input", { name: "password", type: "password", autocomplete: "current-password", required: true, id: "password" });
  const button = h("button", { type: "submit" }, words.signIn);
  const fault = h("p", { class: "fault", role: "alert" }, why);

  const press = async (): Promise<void> => {
    button.disabled = true;
    fault.textContent = "";
    try {
      await api.call("POST", "/api/v1/session", { login: login.value.trim(), password: password.value });
      done();
    } catch (e) {
      fault.textContent = reason(e, words);
      button.disabled = false;
      password.select();
    }
  };

  return h("main", { class: "sign-in" },
    h("form", { onsubmit: (e) => { e.preventDefault(); void press(); } },
      h("p", { class: "clinic" }, titleOf(config, document.documentElement.lang)), h("h1", {}, words.title), fault,
      h("label", { for: "login" }, words.login), login,
      h("label", { for: "password" }, words.password), password, button));
}

function reason(e: unknown, words: typeof english): string {
  if (!(e instanceof Refused)) return words.noServer;
  switch (e.code) {
    case "unauthorized": return words.wrong;
    case "too_many": return words.slow;
    case "offline":
    case "unavailable": return words.noServer;
  }
  return e.message || words.wrong;
}
