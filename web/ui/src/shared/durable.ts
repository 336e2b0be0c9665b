// A shelf that outlives a browser that is killed. Browsers write localStorage to
// the disk only seconds after it was set, and a telephone that needs memory asks
// nobody; IndexedDB is on the disk when it says so, but cannot be read at once.
// So everything is kept in both, each with a stamp that grows with every change:
// when the page is opened the side with the larger stamp is the truth for all of it.

import { openShelf, type Shelf } from "./shelf";

/** Where things are kept a second time. */
export interface Twin {
  /** All that is there, by key. */
  read(): Promise<Map<string, string>>;
  /** Writes in one piece, durably; null drops a key. */
  write(changes: ReadonlyMap<string, string | null>): Promise<void>;
}

const stamp = "stamp";
/** Some browsers never answer; the page does not wait for them. */
const patience = 1_000;

/** openDurable gives the browser's storage below a prefix, kept twice where it
 *  can be, or memory. */
export async function openDurable(prefix: string): Promise<Shelf> {
  const shelf = openShelf(prefix);
  if (!shelf.lasting) return shelf;
  try {
    const twin = await soon(openTwin(prefix));
    const kept = await soon(twin.read());
    return keptTwice(shelf, twin, kept);
  } catch {
    return shelf;
  }
}

/** keptTwice puts right what one side has lost, and keeps both in step. */
export function keptTwice(shelf: Shelf, twin: Twin, kept: ReadonlyMap<string, string>): Shelf {
  const changes = new Map<string, string | null>();
  const here = (): number => Number(shelf.get(stamp) ?? 0);
  if (Number(kept.get(stamp) ?? 0) > here()) {
    for (const key of shelf.keys("")) if (!kept.has(key)) shelf.drop(key);
    for (const [key, value] of kept) shelf.set(key, value);
  } else {
    for (const key of kept.keys()) if (shelf.get(key) === null) changes.set(key, null);
    for (const key of shelf.keys("")) if (shelf.get(key) !== kept.get(key)) changes.set(key, shelf.get(key));
  }
  let writing: Promise<void> | null = null;
  const flush = (): void => {
    if (writing !== null || changes.size === 0) return;
    const now = new Map(changes);
    changes.clear();
    const over = (): void => {
      writing = null;
      flush();
    };
    writing = twin.write(now).then(over, over); // one side is enough to go on with
  };
  const change = (key: string, value: string | null): void => {
    const at = String(Math.max(Date.now(), here() + 1));
    shelf.set(stamp, at);
    changes.set(stamp, at).set(key, value);
    flush();
  };
  flush();
  return {
    lasting: true,
    get: (key) => shelf.get(key),
    set(key, value) {
      shelf.set(key, value);
      change(key, value);
    },
    drop(key) {
      if (shelf.get(key) === null) return;
      shelf.drop(key);
      change(key, null);
    },
    keys: (start) => shelf.keys(start).filter((key) => key !== stamp),
    watch: (changed) => shelf.watch((key) => key !== stamp && changed(key)),
    async saved() {
      while (writing !== null) await writing;
    },
  };
}

/** openTwin opens the part of our database below a prefix. */
async function openTwin(prefix: string): Promise<Twin> {
  const db = await open();
  const range = IDBKeyRange.bound(prefix, prefix + "\uffff");
  return {
    async read() {
      const store = db.transaction("kept").objectStore("kept");
      const [keys, values] = await Promise.all([answer(store.getAllKeys(range)), answer(store.getAll(range))]);
      return new Map(keys.map((key, i) => [String(key).slice(prefix.length), String(values[i])]));
    },
    write: (changes) => new Promise((done, failed) => {
      const writing = db.transaction("kept", "readwrite", { durability: "strict" });
      const store = writing.objectStore("kept");
      for (const [key, value] of changes) value === null ? store.delete(prefix + key) : store.put(value, prefix + key);
      writing.oncomplete = () => done();
      writing.onerror = writing.onabort = () => failed(writing.error);
    }),
  };
}

function open(): Promise<IDBDatabase> {
  const asked = indexedDB.open("bedside", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("kept");
  return answer(asked);
}

function answer<T>(asked: IDBRequest<T>): Promise<T> {
  return new Promise((done, failed) => {
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}

function soon<T>(what: Promise<T>): Promise<T> {
  return Promise.race([what, new Promise<T>((_, failed) => setTimeout(() => failed(new Error("no answer")), patience))]);
}
