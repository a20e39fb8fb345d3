/** What a shopper typed, as a Postgres text query: every word must match, the last letters may be missing. */
const WORDS_MAX = 8;

/** Undefined when nothing searchable was typed. */
export function toTextQuery(search: string): string | undefined {
  const words = search.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length === 0) return undefined;
  return words
    .slice(0, WORDS_MAX)
    .map((word) => `${word}:*`)
    .join(" & ");
}
