/**
 * Where a source file asserts what rows a statement gives: its calls of `query<Row>(...)`. Calls whose rows are of a type parameter
 * are left out: what these are is not said there.
 */
import { createHash } from "node:crypto";
import { parseAst } from "vitest/node";

/** Relative to the repository. */
export const PRODUCT_CODE =
  /^packages\/[^/]+\/src\/(?!.*(\.test\.ts$|testing\/|end-to-end\/|generated\/|bench\/)).*\.ts$/;

/** Offsets in the source. */
export interface QueryCall {
  readonly start: number;
  readonly end: number;
  /** The row's type between the angle brackets. */
  readonly type: { readonly start: number; readonly end: number };
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly callee?: Node & { readonly property?: { readonly name?: string } };
  readonly typeArguments?: { readonly params: readonly Node[] } | null;
  readonly typeParameters?: { readonly params: readonly { readonly name: { readonly name: string } }[] } | null;
}

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && "type" in value;

export function queryCalls(code: string): readonly QueryCall[] {
  const found: QueryCall[] = [];
  const visit = (value: unknown, generic: readonly string[]): void => {
    if (Array.isArray(value)) return value.forEach((one) => visit(one, generic));
    if (!isNode(value)) return;
    const { start, end, callee, typeArguments, typeParameters } = value;
    const type = typeArguments?.params[0];
    const isGeneric = (text: string) => generic.some((name) => new RegExp(`\\b${name}\\b`).test(text));
    if (
      value.type === "CallExpression" &&
      callee?.property?.name === "query" &&
      type &&
      !isGeneric(code.slice(type.start, type.end))
    )
      found.push({ start, end, type: { start: type.start, end: type.end } });
    const within = [...generic, ...(typeParameters?.params ?? []).map(({ name }) => name.name)];
    Object.values(value).forEach((one) => visit(one, within));
  };
  visit(parseAst(code, { lang: "ts" }).body, []);
  return found.toSorted((one, other) => one.start - other.start);
}

/** Puts text into a source, each piece at an offset of it. */
export function insertAt(code: string, pieces: readonly (readonly [offset: number, text: string])[]): string {
  const ordered = pieces.toSorted(([one], [other]) => one - other);
  let from = 0;
  const parts = ordered.map(([offset, text]) => {
    const part = code.slice(from, offset) + text;
    from = offset;
    return part;
  });
  return parts.join("") + code.slice(from);
}

/** Of what a source says now: what was seen of another text of it says nothing. */
export const versionOf = (code: string): string => createHash("sha256").update(code).digest("base64url").slice(0, 16);
