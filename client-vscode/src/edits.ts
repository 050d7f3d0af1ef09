/** Edits of texts. Nothing here knows VS Code. */

/** The text from `start` up to `end`, as offsets, becomes `newText`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** The text with all the edits made. They must not overlap; insertions at one place keep their order. */
export function edited(text: string, edits: readonly Edit[]): string {
  return [...edits]
    .reverse() // from the end, so that places stay true; of two insertions at one place, the later one first
    .sort((one, other) => other.start - one.start || other.end - one.end)
    .reduce((rest, { start, end, newText }) => rest.slice(0, start) + newText + rest.slice(end), text);
}
