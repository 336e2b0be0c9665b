// On whose behalf the panel speaks. What the clinic's server has signed is shown
// to Bedside, which names the shelf of that person in this browser: without its
// word none is opened, so a page can look into nobody's by naming them. Everybody
// else has the shelf of the unsigned, and the two never meet.

import type { Identified } from "../wire";
import { type Api, Refused } from "../shared/api";
import type { Hello, Trouble } from "../shared/bridge";

export interface Person {
  /** Names the shelf; "" is the unsigned one. */
  readonly shelf: string;
  /** What a start is signed with; "" for nothing. */
  readonly token: string;
}

export const unsigned: Person = { shelf: "", token: "" };

/** How long a page may take to have a token signed, and a dead one replaced. */
const signing = 10_000;
const replacing = 4_000;

export interface PersonsOptions {
  readonly site: string;
  readonly api: Api;
  trouble(code: Trouble): void;
  /** Another person is here from now on. */
  changed(): void;
}

export class Persons {
  private now: Person | null = null; // null: not settled yet
  private came: ((token: string) => void) | null = null;
  private later = ""; // a token that came while another was being looked at
  private turn = 0;

  constructor(private readonly o: PersonsOptions) {}

  /** What a start is to be signed with. */
  get token(): string {
    return this.now?.token ?? "";
  }

  /** settle says who is here at first, from the page's hello. It always answers:
   *  whoever cannot be recognised is asked like everybody else. */
  async settle(hello: Hello): Promise<Person> {
    let token = hello.identity;
    if (token === "" && hello.signing) token = await this.next(signing);
    let found = token === "" ? null : await this.recognise(token);
    if (found === "expired") {
      token = await this.next(replacing);
      found = token === "" ? null : await this.recognise(token);
    }
    this.now = found === null || found === "expired" ? unsigned : found;
    if (this.later !== "") void this.word(this.later);
    return this.now;
  }

  /** word is a token that the page has sent later. One that is no good changes
   *  nothing for the person whom it names and for the unsigned; anybody else
   *  must not go on seeing what is another's. */
  async word(token: string): Promise<void> {
    if (this.came) return this.came(token);
    if (this.now === null) this.later = token;
    if (token === "" || this.now === null) return;
    const turn = ++this.turn;
    const found = await this.recognise(token);
    if (turn !== this.turn) return;
    const nobody = found === null || found === "expired";
    if (nobody && subject(token) === subject(this.now.token)) return;
    const before = this.now;
    this.now = nobody ? unsigned : found;
    if (this.now.shelf !== before.shelf) this.o.changed();
  }

  /** renewed waits for a token in the place of one that has become too old;
   *  null: none came, or it is another person's. */
  async renewed(): Promise<Person | null> {
    const before = this.now;
    const token = await this.next(replacing);
    const found = token === "" ? null : await this.recognise(token);
    if (found === null || found === "expired" || found.shelf !== before?.shelf) return null;
    this.now = found;
    return found;
  }

  /** lost is for a person whose word does not count any more. */
  lost(): void {
    this.now = unsigned;
    this.o.changed();
  }

  private next(within: number): Promise<string> {
    return new Promise((done) => {
      const timer = setTimeout(() => this.came?.(""), within);
      this.came = (token) => {
        clearTimeout(timer);
        this.came = null;
        done(token);
      };
    });
  }

  /** recognise asks Bedside. A server that does not answer is asked again; null
   *  is nobody whom it knows. */
  private async recognise(token: string): Promise<Person | "expired" | null> {
    for (let attempt = 0; ; attempt++) {
      try {
        const { site } = this.o;
        const found = await this.o.api.call<Identified>("POST", "/api/v1/identity", { ...(site ? { site } : {}), identity: token });
        return { shelf: found.shelf, token };
      } catch (e) {
        const code = e instanceof Refused ? e.code : "offline";
        const passes = code === "offline" || code === "unavailable" || code === "too_many";
        if (passes && attempt < 3) {
          await new Promise((done) => setTimeout(done, 1_000 * 2 ** attempt));
          continue;
        }
        this.o.trouble(code === "identity_expired" ? code : passes ? "identity_unavailable" : "identity_refused");
        return code === "identity_expired" ? "expired" : null;
      }
    }
  }
}

/** subject is whom a token names, whoever signed it; "" where it names nobody. */
function subject(token: string): string {
  try {
    const payload = (token.split(".")[1] ?? "").replace(/-/g, "+").replace(/_/g, "/");
    const claims = JSON.parse(atob(payload)) as { sub?: unknown };
    return typeof claims.sub === "string" ? claims.sub : "";
  } catch {
    return "";
  }
}
