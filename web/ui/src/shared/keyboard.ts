// What an on-screen keyboard leaves of the window. Some browsers make the window
// smaller; others lay the keyboard over it, and only the visual viewport tells.

export interface Room {
  top: number;
  height: number;
}

/** Bars that come and go cover less; a keyboard covers more, in pixels. */
const least = 80;

/** room is the part of the window that is seen while something covers the rest;
 *  null while all of it is. Who has zoomed in moves about by hand. */
export function room(): Room | null {
  const seen = window.visualViewport;
  if (!seen || Math.abs(seen.scale - 1) > 0.01 || window.innerHeight - seen.height < least) return null;
  return { top: Math.round(seen.offsetTop), height: Math.round(seen.height) };
}

/** onRoom calls whenever it may be another; the answer ends that. */
export function onRoom(changed: () => void): () => void {
  const seen = window.visualViewport;
  for (const event of ["resize", "scroll"]) seen?.addEventListener(event, changed);
  return () => {
    for (const event of ["resize", "scroll"]) seen?.removeEventListener(event, changed);
  };
}
