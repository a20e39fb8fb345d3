/** What changed in a state, in words and figures that people read. Pure. */
import type { Shape } from "./shapes.ts";

export interface Change {
  /** A JSON pointer. */
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

export type Value =
  | { readonly kind: "nothing" }
  | { readonly kind: "money"; readonly amount: number; readonly currency: string }
  /** ISO 8601. */
  | { readonly kind: "instant"; readonly at: string }
  | { readonly kind: "text"; readonly text: string };

export interface ChangeWords {
  readonly path: string;
  readonly name: string;
  /** Which of many: `hold-7`. */
  readonly of?: string | undefined;
  readonly before: Value;
  readonly after: Value;
}

const NOTHING: Value = { kind: "nothing" };
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const number = new Intl.NumberFormat("en-US");

/** One line for each single value. @param currency of the amounts */
export function wordsOf(changes: readonly Change[], shape: Shape | undefined, currency: unknown): ChangeWords[] {
  return changes.flatMap(({ path, before, after }) => {
    const was = new Map(leavesOf(path, before));
    const is = new Map(leavesOf(path, after));
    return [...new Set([...was.keys(), ...is.keys()])].flatMap((leaf): ChangeWords[] => {
      const { name, of, isMoney, isHidden } = placeOf(leaf, shape);
      const ofMoney = isMoney ? currency : undefined;
      const words = {
        path: leaf,
        name,
        of,
        before: valueOf(was.get(leaf), ofMoney),
        after: valueOf(is.get(leaf), ofMoney),
      };
      const isNothing = words.before.kind === "nothing" && words.after.kind === "nothing";
      return isNothing || isHidden ? [] : [words];
    });
  });
}

/** A value as it is read; an amount where it is money. */
export function valueOf(value: unknown, currency: unknown): Value {
  if (value === undefined || value === null || value === "") return NOTHING;
  if (typeof value === "number") {
    if (typeof currency === "string" && currency !== "") return { kind: "money", amount: value, currency };
    return { kind: "text", text: number.format(value) };
  }
  if (typeof value === "string") {
    if (INSTANT.test(value) && !Number.isNaN(Date.parse(value))) return { kind: "instant", at: value };
    return { kind: "text", text: value };
  }
  return { kind: "text", text: JSON.stringify(value) };
}

/** The amounts of a state with their currency, by path. */
export function moneyOf(
  state: unknown,
  shape: Shape | undefined,
): (readonly [string, { amount: number; currency: string }])[] {
  const leaves = leavesOf("", state);
  const currency = leaves.find(([path]) => path === shape?.currency)?.[1];
  return leaves.flatMap(([path, value]) => {
    const read = placeOf(path, shape).isMoney ? valueOf(value, currency) : NOTHING;
    return read.kind === "money" ? [[path, { amount: read.amount, currency: read.currency }] as const] : [];
  });
}

/** What a place of the state is called. */
export function placeOf(
  path: string,
  shape: Shape | undefined,
): { name: string; of?: string; isMoney: boolean; isHidden: boolean } {
  const segments = path.split("/").slice(1).map(keyOf);
  for (const [pattern, { name, isMoney = false, isOfMany = false, isHidden = false }] of Object.entries(
    shape?.places ?? {},
  )) {
    const keys = pattern.split("/").slice(1);
    if (keys.length !== segments.length || !keys.every((key, at) => key === "*" || key === segments[at])) continue;
    const which = segments[keys.indexOf("*")];
    return { name, isMoney, isHidden, ...(isOfMany && which !== undefined && { of: which }) };
  }
  return { name: segments.map(spaced).join(" "), isMoney: false, isHidden: false };
}

/** `returnReason` is `return reason`. */
const spaced = (key: string) =>
  /^[a-z]+([A-Z][a-z]+)+$/.test(key) ? key.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`) : key;

const keyOf = (segment: string) => segment.replaceAll("~1", "/").replaceAll("~0", "~");
const segmentOf = (key: string) => key.replaceAll("~", "~0").replaceAll("/", "~1");

/** The single values in a value, each with its path. */
function leavesOf(path: string, value: unknown): (readonly [string, unknown])[] {
  if (typeof value !== "object" || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(`${path}/${segmentOf(key)}`, inner));
}
