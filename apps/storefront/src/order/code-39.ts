/** Code 39 (ISO/IEC 16388): each symbol is five bars and the four gaps between them, of which three are wide. Pure. */

/** By symbol, bar and gap in turn; `w` is wide. */
const PATTERNS: Readonly<Record<string, string>> = {
  "0": "nnnwwnwnn",
  "1": "wnnwnnnnw",
  "2": "nnwwnnnnw",
  "3": "wnwwnnnnn",
  "4": "nnnwwnnnw",
  "5": "wnnwwnnnn",
  "6": "nnwwwnnnn",
  "7": "nnnwnnwnw",
  "8": "wnnwnnwnn",
  "9": "nnwwnnwnn",
  A: "wnnnnwnnw",
  B: "nnwnnwnnw",
  C: "wnwnnwnnn",
  D: "nnnnwwnnw",
  E: "wnnnwwnnn",
  F: "nnwnwwnnn",
  G: "nnnnnwwnw",
  H: "wnnnnwwnn",
  I: "nnwnnwwnn",
  J: "nnnnwwwnn",
  K: "wnnnnnnww",
  L: "nnwnnnnww",
  M: "wnwnnnnwn",
  N: "nnnnwnnww",
  O: "wnnnwnnwn",
  P: "nnwnwnnwn",
  Q: "nnnnnnwww",
  R: "wnnnnnwwn",
  S: "nnwnnnwwn",
  T: "nnnnwnwwn",
  U: "wwnnnnnnw",
  V: "nwwnnnnnw",
  W: "wwwnnnnnn",
  X: "nwnnwnnnw",
  Y: "wwnnwnnnn",
  Z: "nwwnwnnnn",
  "-": "nwnnnnwnw",
};
/** Before and after the text. */
const START_STOP = "nwnnwnwnn";
const WIDE = 3;

export interface Bars {
  /** In the width of a narrow bar. */
  readonly width: number;
  readonly bars: readonly { readonly x: number; readonly width: number }[];
}

/** Throws for a symbol that the code does not have. */
export function code39(text: string): Bars {
  const symbols = Array.from(text, (symbol) => PATTERNS[symbol] ?? unknown(symbol));
  const bars: { x: number; width: number }[] = [];
  let x = 0;
  for (const pattern of [START_STOP, ...symbols, START_STOP]) {
    Array.from(pattern, (element) => (element === "w" ? WIDE : 1)).forEach((width, at) => {
      if (at % 2 === 0) bars.push({ x, width });
      x += width;
    });
    x += 1; // the gap between symbols
  }
  return { width: x - 1, bars };
}

function unknown(symbol: string): never {
  throw new Error(`Code 39 has no symbol ${symbol}`);
}
