/**
 * What narrows a list, as its address has it: each part with the rule by which it is read, in one definition for server, browser and
 * links. What cannot be read is told (`unread-address.tsx`): the whole list would be taken for what was asked for.
 */
import { createParser, parseAsStringLiteral, type SingleParserBuilder } from "nuqs/server";
import { searchOf } from "./search-of.ts";
import { typedInstant } from "./typed-instant.ts";

const NAME_LENGTH_MAX = 300;
const SEARCH_LENGTH_MAX = 200;
const VERSION_MAX = 2 ** 31 - 1;

/** Goes on from "status:", such as "must be true or false". */
interface Ruled {
  readonly rule: string;
}

const ruled = <Parser extends object>(rule: string, parser: Parser): Parser & Ruled => ({ ...parser, rule });

/** The same, with what it is where the address does not say. */
export function otherwise<Value extends NonNullable<unknown>>(part: SingleParserBuilder<Value> & Ruled, value: Value) {
  return ruled(part.rule, part.withDefault(value));
}

export const choice = <const Value extends string>(values: readonly Value[]) =>
  ruled(`must be ${values.length > 2 ? "one of " : ""}${listed(values)}`, parseAsStringLiteral(values));

const listed = (values: readonly string[]): string => (values.length > 2 ? values.join(", ") : values.join(" or "));

/** @param read of what is not empty; null for what it is not */
export const part = <Value extends NonNullable<unknown>>(
  rule: string,
  read: (typed: string) => Value | null,
  serialize: (value: Value) => string = String,
) => ruled(rule, createParser({ parse: (typed) => (typed.trim() === "" ? null : read(typed)), serialize }));

export const onOrOff = part("must be true or false", (typed) =>
  typed === "true" || typed === "false" ? typed === "true" : null,
);

/** A text by which something is looked up as it is: no search. */
export const exact = (max = NAME_LENGTH_MAX, rule = "", pattern = /^/) =>
  part(rule === "" ? `must be a text of at most ${max} characters, on one line` : rule, (typed) =>
    typed.length <= max && !/\p{Cc}/u.test(typed) && pattern.test(typed) ? typed : null,
  );

export const search = part(`must be a text of at most ${SEARCH_LENGTH_MAX} characters`, (typed) =>
  typed.trim().length > SEARCH_LENGTH_MAX ? null : (searchOf(typed) ?? null),
);

export const instant = {
  ...part<Date>(
    "must be an instant with its zone, such as 2026-01-31T10:00:00Z",
    (typed) => {
      const at = typedInstant(typed);
      return at === undefined ? null : new Date(at);
    },
    (at) => at.toISOString(),
  ),
  eq: (one: Date, other: Date) => one.getTime() === other.getTime(),
};

/** Of a stream. */
export const versionNumber = part(`must be a version, such as 12`, (typed) =>
  /^\d{1,10}$/.test(typed) && Number(typed) <= VERSION_MAX ? Number(typed) : null,
);

/** Where a page begins: a cursor that the list gave out. Whether it is this list's is for the list to say. */
export const place = exact(1_000, "must be where a page of this list begins: follow its links", /^[\w-]{20,}$/);

/** By its name in the address. */
export type Parts = Readonly<Record<string, { parse(typed: string): unknown } & Ruled>>;

/** Of a page that is narrowed by nothing. */
export const NO_PARTS: Parts = {};

export interface Unread {
  readonly name: string;
  /** As the address has it, the first time. */
  readonly typed: string;
  readonly rule: string;
}

/** What the page passes over, in the order of the address. */
export function unreadIn(parts: Parts, address: URLSearchParams): readonly Unread[] {
  return [...new Set(address.keys())].flatMap((name): Unread[] => {
    const [typed = "", ...more] = address.getAll(name);
    const known = Object.hasOwn(parts, name) ? parts[name] : undefined;
    if (known === undefined) return [{ name, typed, rule: notOneOf(Object.keys(parts)) }];
    if (typed.trim() !== "" && known.parse(typed) === null) return [{ name, typed, rule: known.rule }];
    return more.length > 0 ? [{ name, typed, rule: "is given more than once, and the first counts" }] : [];
  });
}

const notOneOf = (names: readonly string[]): string =>
  names.length === 0 ? "is no filter: this page has none" : `is no filter of this page, which has ${names.join(", ")}`;

/** The address without what cannot be read. Of what is given more than once the first stays, if it can be read. */
export function readableOf(parts: Parts, address: URLSearchParams): URLSearchParams {
  const readable = new URLSearchParams();
  for (const name of new Set(address.keys())) {
    const typed = address.get(name) ?? "";
    if (unreadIn(parts, new URLSearchParams([[name, typed]])).length === 0) readable.set(name, typed);
  }
  return readable;
}
