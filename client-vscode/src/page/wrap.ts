/** Sets text in lines: how wide it is, is measured by a canvas, or guessed where there is none. */

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';
const known = new Map<string, number>();
let canvas: CanvasRenderingContext2D | null | undefined;

function widthOf(text: string, size: number): number {
  const key = `${size} ${text}`;
  let width = known.get(key);
  if (width === undefined) {
    canvas ??= document.createElement("canvas").getContext("2d");
    if (canvas !== null) {
      canvas.font = `600 ${size}px ${FONT}`;
    }
    width = canvas?.measureText(text).width ?? text.length * size * 0.6;
    known.set(key, width);
  }
  return width;
}

/** The lines of a text, as many as `most`, none wider than so many pixels; what is left out is told by an ellipsis. */
export function wrapped(text: string, width: number, size: number, most: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).flatMap((one) => cut(one, width, size))) {
    const last = lines.at(-1);
    const longer = `${last ?? ""} ${word}`;
    if (last !== undefined && widthOf(longer, size) <= width) {
      lines[lines.length - 1] = longer;
    } else if (word !== "") {
      lines.push(word);
    }
  }
  if (lines.length > most) {
    let last = lines[most - 1] ?? "";
    while (last !== "" && widthOf(`${last}…`, size) > width) {
      last = characters(last).slice(0, -1).join("");
    }
    return [...lines.slice(0, most - 1), `${last.trimEnd()}…`];
  }
  return lines;
}

/** A word in pieces that are no wider than a line. */
function cut(word: string, width: number, size: number): readonly string[] {
  if (widthOf(word, size) <= width) {
    return [word];
  }
  const pieces = [""];
  for (const character of characters(word)) {
    const longer = (pieces.at(-1) ?? "") + character;
    if (pieces.at(-1) !== "" && widthOf(longer, size) > width) {
      pieces.push(character);
    } else {
      pieces[pieces.length - 1] = longer;
    }
  }
  return pieces;
}

/** What people take for the characters of a text. */
function characters(text: string): readonly string[] {
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
}
