/** JSON whose numbers stay what they say: 9223372036854775807 is not rounded, and 1.0 is not 1. */

/** A number that JavaScript would write otherwise, as it is written. */
export interface RawNumber {
  readonly rawJSON: string;
}

export type JsonObject = { readonly [key: string]: Json };
export type Json = null | boolean | number | string | RawNumber | readonly Json[] | JsonObject;

/** Part of the platform; TypeScript's own library does not know it yet. */
const json = JSON as unknown as {
  parse(text: string, revive: (key: string, value: Json, context: { readonly source?: string }) => Json): Json;
  rawJSON(text: string): RawNumber;
  isRawJSON(value: unknown): value is RawNumber;
};

/** Throws `SyntaxError`. `JSON.stringify` writes what it gives. */
export function parseExactly(text: string): Json {
  return json.parse(text, (_, value, { source }) =>
    typeof value === "number" && source !== undefined ? exactNumber(source) : value,
  );
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !json.isRawJSON(value);
}

/** The text of a number; undefined for anything else. */
export function numberText(value: Json | undefined): string | undefined {
  if (json.isRawJSON(value)) return value.rawJSON;
  return typeof value === "number" ? String(value) : undefined;
}

/** Written with a fraction, as 1.0 is. */
export function doubleNumber(value: number): Json {
  return exactNumber(javaDouble(value));
}

/** Of any two ways to write one double, such as 1e2 and 100.0, Java knows one. */
function exactNumber(source: string): Json {
  const text = /[.eE]/.test(source) ? javaDouble(Number(source)) : source.replace(/^-0$/, "0");
  if (!Number.isFinite(Number(text))) return text; // such as 1e999, which is Infinity to Java and no number of JSON
  return String(Number(text)) === text ? Number(text) : json.rawJSON(text);
}

/** As `Double.toString` writes it: 100.0, 1.0E10. */
function javaDouble(value: number): string {
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  if (!Number.isFinite(value)) return String(value);
  const plain = Math.abs(value) >= 1e-3 && Math.abs(value) < 1e7;
  const [digits = "", exponent] = plain ? [String(value)] : value.toExponential().split("e");
  const fraction = digits.includes(".") ? digits : `${digits}.0`;
  return exponent === undefined ? fraction : `${fraction}E${Number(exponent)}`;
}
