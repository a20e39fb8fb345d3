/**
 * Text without what nobody can see. A person cannot find and delete an invisible character, so it is left out and not refused:
 * two names that look alike are alike, and a name of nothing visible is empty. Free of dependencies: the browser asks it too.
 */

/** Unicode's Default_Ignorable_Code_Point: bidi controls, zero-width spaces, soft hyphens, Hangul fillers and their like. */
const UNSEEN_RUN = /(\P{Default_Ignorable_Code_Point}?)(\p{Default_Ignorable_Code_Point}+)/gu;
/** All but those that change how the character before them looks: joiners, variation selectors, the letters of a flag. */
const SHAPES_NOTHING = /[^\p{Join_Control}\p{Variation_Selector}\u{e0020}-\u{e007f}]/gu;
const JOINS_NOTHING = /\p{Join_Control}+(?=[\s\u2800]|$)/gu;
/** The braille pattern without a dot is as blank as a space. */
const BLANK = /^[\s\u2800]*$/u;
const BLANK_ENDS = /^[\s\u2800]+|[\s\u2800]+$/gu;

/** Keeps emoji and Indic or Persian words joined as they are; also trims. */
export function visibleText(text: string): string {
  return text
    .replace(UNSEEN_RUN, (_, before: string, run: string) =>
      BLANK.test(before) ? before : before + run.replace(SHAPES_NOTHING, ""),
    )
    .replace(JOINS_NOTHING, "")
    .replace(BLANK_ENDS, "");
}
