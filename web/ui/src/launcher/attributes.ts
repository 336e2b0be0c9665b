// What a page says of itself, for the doctor to read and nobody to believe.

export type Attributes = Record<string, string>;

const most = 20;
const longestName = 40;
const longestValue = 200;

/** readAttributes keeps what may be said; problems say what was left out. */
export function readAttributes(given: unknown): { attributes: Attributes; problems: string[] } {
  const attributes: Attributes = {};
  const problems: string[] = [];
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    return { attributes, problems: ["setAttributes wants an object of texts"] };
  }
  for (const [name, value] of Object.entries(given)) {
    if (typeof value !== "string") problems.push(`the attribute ${name.slice(0, longestName)} is no text`);
    else if (name.trim() === "" || name.length > longestName) problems.push(`an attribute's name has 1 to ${longestName} characters`);
    else if (value.length > longestValue) problems.push(`the attribute ${name} is longer than ${longestValue} characters`);
    else if (Object.keys(attributes).length >= most) problems.push(`there are more than ${most} attributes`);
    else if (value !== "") attributes[name] = value;
  }
  return { attributes, problems };
}
