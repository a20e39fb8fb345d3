/** The times in what the server says in words, as `2026-12-01 07:15:27 UTC` or `1 Dec 2026, 07:15 UTC`. */

const TIME = /(\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)? UTC|\d{1,2} [A-Z][a-z]{2,3} \d{4}, \d\d:\d\d UTC)/;

/** The text in its parts: words, and instants in ISO 8601. */
export function timesIn(text: string): readonly (string | { readonly at: string })[] {
  return text.split(TIME).map((part, index) => {
    if (index % 2 === 0) return part;
    const at = new Date(/^\d{4}-/.test(part) ? part.replace(" ", "T").replace(" UTC", "Z") : part);
    return Number.isNaN(at.getTime()) ? part : { at: at.toISOString() };
  });
}
