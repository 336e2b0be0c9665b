// Random words made by the browser: tickets and the keys of commands.

/** secret gives so many random bits in base64url, without padding. */
export function secret(bits: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(bits / 8));
  let binary = "";
  for (const b of bytes) binary += String.fromCharCode(b);
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** newTicket is the 256 bits that let this browser act for the patient. */
export const newTicket = (): string => secret(256);

/** newKey is our own id of one command: the same key is never done twice. */
export const newKey = (): string => secret(128);
