/** How far a typed word is from one that there is. */

/** Letters that are left out, added, changed or swapped with their neighbour (optimal string alignment distance). */
export function slipsBetween(one: string, other: string): number {
  const columns = other.length + 1;
  let before: number[] = [];
  let last = Array.from({ length: columns }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column < columns; column += 1) {
      const same = one[row - 1] === other[column - 1];
      const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      current[column] = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (before[column - 2] ?? 0) + 1 : Infinity,
      );
    }
    [before, last] = [last, current];
  }
  return last[columns - 1] ?? 0;
}

const SHORT_WORD_MAX = 4;

/** How many slips a word of this length may have: in a short one, two would make it any other word. */
const slipsMax = (word: string): number => (word.length <= SHORT_WORD_MAX ? 1 : 2);

/** Those of `words` that `typed` may have been meant as, the nearest first; of equally near ones that which begins alike and is as long. */
export function meantBy(typed: string, words: readonly string[]): { word: string; slips: number }[] {
  const unlike = (word: string) => (word[0] === typed[0] ? 0 : typed.length) + Math.abs(word.length - typed.length);
  return words
    .map((word) => ({ word, slips: slipsBetween(typed, word) }))
    .filter(({ slips }) => slips > 0 && slips <= slipsMax(typed))
    .toSorted((one, other) => one.slips - other.slips || unlike(one.word) - unlike(other.word));
}
