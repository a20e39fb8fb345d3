/**
 * What a shopper typed, understood. Every word must be found, at its beginning at least; two words may be one ("tea pot"), and
 * where nothing is found so, a word that the shop does not know is taken for the nearest one that it does.
 */
import { sql } from "@tillstream/runtime";
import type { Sql, SqlExecutor } from "@tillstream/runtime";
import { meantBy } from "./slips.ts";

const WORDS_MAX = 8;
/** Words of the shop that are looked at for one that was typed. */
const CANDIDATES_MAX = 40;
/** Of those, how many are tried. */
const TRIED_MAX = 3;
const TRIALS_MAX = 16;
const OTHERS_MAX = 2;
const FINDING_MAX = 6;
/** The nearest word is seldom meant where this much was typed; and its deletions are as many as its letters. */
const CORRECTED_LENGTH_MAX = 30;

/** Text queries of Postgres. */
export interface WordQuery {
  /** What a product must have. */
  readonly matching: string;
  /** The same in whole words, which counts more. */
  readonly whole: string;
  /** One of the words, as a variant has. */
  readonly any: string;
}

export type Understood =
  /** Nothing was typed. */
  | { readonly kind: "all" }
  /** Signs only, which are looked for nowhere. */
  | { readonly kind: "signs" }
  /** Words that are in every text, such as "the". */
  | { readonly kind: "common" }
  | {
      readonly kind: "words";
      readonly query: WordQuery;
      /** What was looked for instead. */
      readonly corrected?: string;
      /** What may have been meant as well. */
      readonly others: readonly string[];
    };

/** Nearly every text has a word that begins with a given letter: one letter is looked for as a word. */
const begun = (word: string): string => (word.length > 1 ? `${word}:*` : word);

/** @param words of letters and digits only */
export function toWordQuery(words: readonly string[]): WordQuery {
  const joined = words
    .slice(1)
    .map((word, index) => [...words.slice(0, index), `${words[index]}${word}`, ...words.slice(index + 2)]);
  const readings = [words, ...joined];
  return {
    matching: readings.map((reading) => `(${reading.map(begun).join(" & ")})`).join(" | "),
    whole: readings.map((reading) => `(${reading.join(" & ")})`).join(" | "),
    any: words.map(begun).join(" | "),
  };
}

/** As the texts of products are read. */
export const query = (text: string): Sql => sql`to_tsquery('pg_catalog.english', ${text})`;

/** Whether a product matches. By the index: for the first of many rows a scan would do, but often there is none. */
const finds = (words: Sql): Sql =>
  sql`EXISTS (WITH found AS MATERIALIZED (SELECT FROM products product WHERE product.search @@ ${words}) SELECT FROM found)`;

/** Which products match; without words all of them. */
export function matching(understood: Understood): Sql {
  switch (understood.kind) {
    case "words":
      return sql`product.search @@ ${query(understood.query.matching)}`;
    case "signs":
      return sql`false`;
    case "all":
    case "common":
      return sql`true`;
  }
}

/** Steps of a rank, which is below 2, and places within a step: together they fit an integer column. */
const RANKS = 1_000;
const PLACES = 100_000;

/** How well a product matches, as a whole number, so that a cursor goes on after it; of equally good ones the featured come first. */
export const rankBy = ({ matching: typed, whole }: WordQuery): Sql =>
  sql`((ts_rank(product.search, ${query(typed)}) + ts_rank(product.search, ${query(whole)})) * ${RANKS}::int)::int * ${PLACES}::int - least(product.ordinal, ${PLACES - 1}::int)`;

/** @param corrects slips too; not for those who look for what they know, and would not be told */
export async function understand(
  db: SqlExecutor,
  typed: string | undefined,
  { corrects = true } = {},
): Promise<Understood> {
  if (typed === undefined || typed.trim() === "") return { kind: "all" };
  const words = await wordsOf(db, typed);
  if (words.length === 0) return { kind: "signs" };
  const asTyped = toWordQuery(words);
  const [answer] = await db.query<{ common: boolean; found: boolean }>(sql`
    SELECT numnode(plainto_tsquery('pg_catalog.english', ${words.join(" ")})) = 0 AS common,
           ${finds(query(asTyped.matching))} AS found`);
  if (answer?.common === true) return { kind: "common" };
  if (answer?.found === true || !corrects) return { kind: "words", query: asTyped, others: [] };
  const [corrected, ...others] = await corrections(db, words);
  if (corrected === undefined) return { kind: "words", query: asTyped, others: [] };
  return {
    kind: "words",
    query: toWordQuery(corrected),
    corrected: corrected.join(" "),
    others: othersThan(
      corrected.join(" "),
      others.map((other) => other.join(" ")),
    ),
  };
}

/** Without what is only longer or shorter, such as a plural. */
const othersThan = (chosen: string, others: readonly string[]): readonly string[] =>
  others.filter((other) => !other.startsWith(chosen) && !chosen.startsWith(other)).slice(0, OTHERS_MAX);

/** Such as FH-CER-0301: one word, as products have it. */
const SKU = /(?<!\S)(?=\S*\d)[a-z0-9]+(?:-[a-z0-9]+)+(?!\S)/gi;

/** In small letters without accents, as the database has them. */
async function wordsOf(db: SqlExecutor, typed: string): Promise<readonly string[]> {
  const asWords = typed
    .normalize("NFKD")
    .replaceAll("\u0000", " ")
    .replace(SKU, (sku) => sku.replaceAll("-", ""));
  const [row] = await db.query<{ plain: string }>(sql`SELECT catalogue_plain(${asWords}) AS plain`);
  return (row?.plain.match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, WORDS_MAX);
}

/** Readings that find something, those with the fewest slips first. */
async function corrections(db: SqlExecutor, words: readonly string[]): Promise<readonly (readonly string[])[]> {
  const near = await db.query<{ typed: string; isWord: boolean; words: readonly string[] }>(sql`
    SELECT typed.word AS typed,
           ${finds(sql`plainto_tsquery('pg_catalog.english', typed.word)`)} AS "isWord",
           ARRAY(SELECT known.word FROM catalogue_words known
                 WHERE length(typed.word) BETWEEN 3 AND ${CORRECTED_LENGTH_MAX}::int
                   AND (word_deletions(known.word) && word_deletions(typed.word) OR known.word % typed.word)
                 ORDER BY word_deletions(known.word) && word_deletions(typed.word) DESC, similarity(known.word, typed.word) DESC, known.word
                 LIMIT ${CANDIDATES_MAX}::int) AS words
    FROM unnest(${[...words]}::text[]) typed(word)`);
  let readings: { readonly words: readonly string[]; readonly slips: number }[] = [{ words: [], slips: 0 }];
  for (const word of words) {
    const found = near.find(({ typed }) => typed === word);
    const meant = found === undefined || found.isWord ? [] : meantBy(word, found.words).slice(0, TRIED_MAX);
    const choices = [{ word, slips: 0 }, ...meant];
    readings = readings
      .flatMap((reading) =>
        choices.map((choice) => ({ words: [...reading.words, choice.word], slips: reading.slips + choice.slips })),
      )
      .toSorted((one, other) => one.slips - other.slips)
      .slice(0, TRIALS_MAX);
  }
  const tried = readings.filter(({ slips }) => slips > 0);
  const finding = await db.query<{ place: number }>(sql`
    SELECT trial.place::int AS place
    FROM unnest(${tried.map((reading) => toWordQuery(reading.words).matching)}::text[]) WITH ORDINALITY AS trial(query, place)
    WHERE ${finds(sql`to_tsquery('pg_catalog.english', trial.query)`)}
    LIMIT ${FINDING_MAX}`);
  return finding.flatMap(({ place }) => tried.slice(place - 1, place)).map((reading) => reading.words);
}
