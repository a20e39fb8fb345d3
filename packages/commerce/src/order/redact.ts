/** What people say about an order is kept for good, in the audit and in events: the customer's details are taken out first. */
import { sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";
import { orderIdOf } from "./repository.ts";

const MASK = "[customer]";
/** Of an address, what others share with the customer. */
const SHARED = new Set(["country", "city", "region"]);

/** `said` without the details of the customers who placed the orders that `which` selects, as far as they are words of it. */
export async function withoutCustomers(db: SqlExecutor, which: Sql, said: string): Promise<string> {
  const rows = await db.query<{ email: string | null; address: Readonly<Record<string, string>> }>(
    sql`SELECT DISTINCT email, shipping_address AS address FROM orders WHERE ${which}`,
  );
  const details = rows.flatMap(({ email, address }) => [email ?? "", ...addressDetails(address)]);
  return withoutWords(said, details);
}

/** The same for whatever else is about orders: runs, by their subject, and streams. */
export function withoutCustomersOf(db: SqlExecutor, subjects: readonly string[], said: string): Promise<string> {
  const ids = subjects.flatMap((subject) => [subject, orderIdOf(subject)]);
  return withoutCustomers(db, sql`id = ANY(${ids}::text[])`, said);
}

/** Of an address, what tells of its person. */
export function addressDetails(address: Readonly<Record<string, string | undefined>>): readonly string[] {
  return Object.entries(address).flatMap(([part, text = ""]) => (SHARED.has(part) ? [] : detailsOf(part, text)));
}

/** A name goes word by word; a street as a whole, with its number and without; other parts as a whole. */
export function detailsOf(part: string, text: string): readonly string[] {
  if (part === "name") return [text, ...text.split(/\s+/)];
  return [text, text.replace(/[\p{N}.,]+/gu, " ").trim()];
}

/** Scripts that are written without spaces between words. */
const WITHOUT_SPACES = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;
/** Of two letters, such as Li: only as it is written, since many words have them. */
const SHORT = 2;
const NAME_OF_TWO = /^\p{L}{2}$/u;

/** In any case, with accents and without, whatever apostrophe was typed; and whole words only. */
export function withoutWords(said: string, words: readonly string[]): string {
  const { folded, starts } = fold(said);
  const hidden: [from: number, to: number][] = [];
  for (const word of words.map((each) => each.trim())) {
    const wanted = fold(word).folded;
    const isShort = wanted.length <= SHORT && !WITHOUT_SPACES.test(word);
    if (wanted === "" || (isShort && !NAME_OF_TWO.test(word))) continue;
    for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + 1)) {
      const [from, to] = [starts[at] ?? 0, starts[at + wanted.length] ?? said.length];
      const isMeant = isShort ? said.slice(from, to) === word : true;
      if (isMeant && (WITHOUT_SPACES.test(word) || isWhole(said, from, to))) hidden.push([from, to]);
    }
  }
  return mask(said, hidden);
}

/** Each letter as those that it is made of, without accents and in lower case; `starts` says where each began in `text`. */
function fold(text: string): { readonly folded: string; readonly starts: readonly number[] } {
  let folded = "";
  const starts: number[] = [];
  let at = 0;
  for (const letter of text) {
    const plain = letter
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .replace(/[\u2018\u2019\u02BC\u0060\u00B4]/gu, "'")
      .toLowerCase();
    for (let index = 0; index < plain.length; index += 1) starts.push(at);
    folded += plain;
    at += letter.length;
  }
  starts.push(at);
  return { folded, starts };
}

const LETTER = /[\p{L}\p{N}]/u;
const isWhole = (said: string, from: number, to: number): boolean =>
  !LETTER.test(said.slice(0, from).at(-1) ?? "") && !LETTER.test(said.slice(to).at(0) ?? "");

function mask(said: string, hidden: readonly (readonly [from: number, to: number])[]): string {
  let kept = "";
  let end = 0;
  for (const [from, to] of hidden.toSorted((one, other) => one[0] - other[0] || other[1] - one[1])) {
    if (from >= end) kept += `${said.slice(end, from)}${MASK}`;
    end = Math.max(end, to);
  }
  return kept + said.slice(end);
}
