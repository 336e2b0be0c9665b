// What a page remembers between two visits. Where the browser refuses storage
// (private windows, third-party frames) it is kept in memory, and `lasting`
// says so: the conversation then lives as long as the page.

export interface Shelf {
  readonly lasting: boolean;
  get(key: string): string | null;
  set(key: string, value: string): void;
  drop(key: string): void;
  keys(prefix: string): string[];
  /** Tells of changes that another tab made. */
  watch(changed: (key: string) => void): void;
  /** Resolves when all of it will outlive the page. */
  saved(): Promise<void>;
}

/** under is the part of a shelf below a further prefix. */
export function under(shelf: Shelf, prefix: string): Shelf {
  return {
    lasting: shelf.lasting,
    get: (key) => shelf.get(prefix + key),
    set: (key, value) => shelf.set(prefix + key, value),
    drop: (key) => shelf.drop(prefix + key),
    keys: (start) => shelf.keys(prefix + start).map((key) => key.slice(prefix.length)),
    watch: (changed) => shelf.watch((key) => key.startsWith(prefix) && changed(key.slice(prefix.length))),
    saved: () => shelf.saved(),
  };
}

/** openShelf gives the browser's own storage below a prefix, or memory. */
export function openShelf(prefix: string, find: () => Storage = () => window.localStorage): Shelf {
  const store = usable(find, prefix);
  return store ? stored(store, prefix) : inMemory();
}

function usable(find: () => Storage, prefix: string): Storage | null {
  try {
    const store = find();
    const probe = prefix + "probe";
    store.setItem(probe, "1");
    store.removeItem(probe);
    return store;
  } catch {
    return null;
  }
}

function stored(store: Storage, prefix: string): Shelf {
  return {
    lasting: true,
    get: (key) => store.getItem(prefix + key),
    set: (key, value) => {
      try {
        store.setItem(prefix + key, value);
      } catch {
        // A full store loses a draft at most: what was sent is with the server.
      }
    },
    drop: (key) => store.removeItem(prefix + key),
    keys: (start) => {
      const found: string[] = [];
      for (let i = 0; i < store.length; i++) {
        const key = store.key(i);
        if (key !== null && key.startsWith(prefix + start)) found.push(key.slice(prefix.length));
      }
      return found.sort();
    },
    watch: (changed) =>
      window.addEventListener("storage", (e) => {
        if (e.key !== null && e.key.startsWith(prefix)) changed(e.key.slice(prefix.length));
      }),
    saved: () => Promise.resolve(),
  };
}

/** inMemory is a shelf that ends with the page. */
export function inMemory(): Shelf {
  const kept = new Map<string, string>();
  return {
    lasting: false,
    get: (key) => kept.get(key) ?? null,
    set: (key, value) => void kept.set(key, value),
    drop: (key) => void kept.delete(key),
    keys: (start) => [...kept.keys()].filter((k) => k.startsWith(start)).sort(),
    watch: () => undefined,
    saved: () => Promise.resolve(),
  };
}
