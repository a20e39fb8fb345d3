/**
 * What a letter is made of. Its text and its HTML both come from the same parts (`textOf`, `html.ts`), so that they say the same.
 */

export type Part =
  /** A paragraph; an empty one is a blank line of the text, and nothing in the HTML, which has its own distances. */
  | string
  /** What is in a parcel or makes up a sum, a line each. */
  | { readonly rows: readonly Row[]; readonly total?: Required<Row> }
  /** The way on: a button. Its label says where it leads. */
  | { readonly link: string; readonly url: string }
  /** What matters only to some, and where it leads them. */
  | { readonly small: string; readonly url?: string };

interface Row {
  readonly what: string;
  readonly sum?: string;
}

export interface Letter {
  readonly subject: string;
  readonly body: string;
  readonly parts: readonly Part[];
}

export function letterOf(subject: string, parts: readonly Part[]): Letter {
  return { subject, body: textOf(parts), parts };
}

export function textOf(parts: readonly Part[]): string {
  return parts.flatMap(linesOf).join("\n");
}

function linesOf(part: Part): readonly string[] {
  if (typeof part === "string") return [part];
  if ("rows" in part) {
    const rows = part.rows.map(({ what, sum }) => (sum === undefined ? `  ${what}` : `  ${what}, ${sum}`));
    return part.total === undefined ? rows : [...rows, "", `${part.total.what}: ${part.total.sum}`];
  }
  if ("link" in part) return [`${part.link}:`, part.url];
  return [part.url === undefined ? part.small : `${part.small} ${part.url}`];
}
