/** What VS Code's own Markdown support has already. Nothing here knows VS Code. */

/** A symbol that the server finds: a record's title or section, and how many characters long its heading is; 0 for none. */
export interface Found {
  readonly name: string;
  readonly isSection: boolean;
  readonly length: number;
}

/**
 * Whether VS Code lists a symbol by itself: it lists all headings in which the words that are looked for stand as they are.
 *
 * A record is also known by a number that its heading does not have, and by a title that is no heading.
 */
export function isListed({ name, isSection, length }: Found, query: string): boolean {
  if (isSection || length === 0) {
    return isSection;
  }
  const isVerbatim = length === name.length + "# ".length;
  const heading = isVerbatim ? name : name.slice(name.indexOf(": ") + 1);
  return heading.toLowerCase().includes(query.toLowerCase());
}
