/**
 * Text without what nobody can see. A person cannot find and delete an invisible character, so it is left out and not refused:
 * two names that look alike are alike, and a name of nothing visible is empty. Free of dependencies: the browser asks it too.
 */

/** Unicode's Default_Ignorable_Code_Point: bidi controls, zero-width spaces, soft hyphens, Hangul fillers and their like. */
const UNSEEN_RUN = /(\P{Default_Ignorable_Code_Point}?)(\p{Default_Ignorable_Code_Point}+)/gu;
/** Those that change how the character before them looks: joiners, variation selectors, the letters of a flag. */
const SHAPES_ITS_NEIGHBOUR = /[\u200c\u200d\u180b-\u180d\u180f\ufe00-\ufe0f\u{e0020}-\u{e007f}\u{e0100}-\u{e01ef}]/u;
const JOINS_NOTHING = /[\u200c\u200d]+(?=[\s\u2800]|$)/gu;
/** The braille pattern without a dot is as blank as a space. */
const BLANK = /^[\s\u2800]*$/u;
const BLANK_ENDS = /^[\s\u2800]+|[\s\u2800]+$/gu;

/** Keeps emoji and Indic or Persian words joined as they are; also trims. */
export function visibleText(text: string): string {
  return text
    .replace(UNSEEN_RUN, (_, before: string, run: string) => (BLANK.test(before) ? before : before + shaping(run)))
    .replace(JOINS_NOTHING, "")
    .replace(BLANK_ENDS, "");
}

const shaping = (run: string): string => [...run].filter((character) => SHAPES_ITS_NEIGHBOUR.test(character)).join("");
