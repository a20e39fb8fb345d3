/** What was typed into a search, as an address and a procedure take it. */

const SEARCH_LENGTH_MAX = 200;

/** What is looked for, on one line and no longer than a search may be; undefined when that is nothing. */
export function searchOf(typed: string | null): string | undefined {
  const search = (typed ?? "")
    .replace(/\p{Cc}/gu, " ")
    .trim()
    .slice(0, SEARCH_LENGTH_MAX)
    .trim()
    .toWellFormed();
  return search === "" ? undefined : search;
}
