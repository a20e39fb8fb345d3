/**
 * Text without invisible characters. A person cannot find and delete an invisible character, so it is left out and not refused:
 * two names that look alike are alike, and a name of nothing visible is empty. Nor can a person see whether an accent is a character
 * of its own: it is joined to its letter (NFC). Free of dependencies: the browser asks it too.
 */

/** Unicode's Default_Ignorable_Code_Point: bidi controls, zero-width spaces, soft hyphens, Hangul fillers and their like. */
const UNSEEN_RUN = /(\P{Default_Ignorable_Code_Point}?)(\p{Default_Ignorable_Code_Point}+)/gu;
/** All but those that change how the character before them looks: joiners, variation selectors, the letters of a flag. */
const SHAPES_NOTHING = /[^\p{Join_Control}\p{Variation_Selector}\u{e0020}-\u{e007f}]/gu;
const JOINERS = /\p{Join_Control}+/gu;
/** The braille pattern without a dot is as blank as a space. */
const BLANK = /^[\s\u2800]*$/u;

/** Keeps emoji and Indic or Persian words joined as they are; also trims. Takes time in proportion to the text, whatever is in it. */
export function visibleText(text: string): string {
  const seen = text
    .replace(UNSEEN_RUN, (_, before: string, run: string) =>
      BLANK.test(before) ? before : before + run.replace(SHAPES_NOTHING, ""),
    )
    .replace(JOINERS, (run, at: number, whole: string) => (BLANK.test(whole.charAt(at + run.length)) ? "" : run));
  return trimmed(seen).normalize("NFC");
}

/** Of a text on one line also the spaces, each run of them as one. */
export function visibleLine(text: string): string {
  return visibleText(text).replace(/[^\S\t\n\r]+/gu, " ");
}

function trimmed(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && BLANK.test(text.charAt(start))) start += 1;
  while (end > start && BLANK.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}
