/** A JSON value as a bounded tree for showing: what is cut off is counted, never silently missing. */
export type JsonNode =
  | { kind: "text" | "number" | "literal"; path: string; text: string }
  | { kind: "object" | "array"; path: string; size: number; entries: readonly JsonEntry[]; hidden: number };
export type JsonEntry = { key: string; node: JsonNode };

export const jsonDepth_max = 32;
export const jsonEntries_max = 200;

/**
 * Builds the tree of any value that came from JSON.parse. `path` is a JSON pointer (RFC 6901), "" at the root.
 * Beyond `jsonDepth_max` levels a value is written as one line; beyond `jsonEntries_max` entries the rest is counted.
 */
export function jsonTree(value: unknown, path = "", depth = 0): JsonNode {
  if (typeof value === "string") return { kind: "text", path, text: JSON.stringify(value) };
  if (typeof value === "number" || typeof value === "bigint") return { kind: "number", path, text: String(value) };
  if (value === null || typeof value !== "object") return { kind: "literal", path, text: String(value) };
  if (depth >= jsonDepth_max) return { kind: "literal", path, text: JSON.stringify(value) };
  const isArray = Array.isArray(value);
  const all = Object.entries(value).filter(([, inner]) => inner !== undefined);
  const entries = all
    .slice(0, jsonEntries_max)
    .map(([key, inner]) => ({ key, node: jsonTree(inner, `${path}/${pointerKey(key)}`, depth + 1) }));
  return { kind: isArray ? "array" : "object", path, size: all.length, entries, hidden: all.length - entries.length };
}

/** A key as one segment of a JSON pointer: ~ and / are escaped. */
export function pointerKey(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** Whether a highlighted pointer is this path or lies inside it, so that a change stays visible when folded. */
export function touches(path: string, highlighted: readonly string[]): boolean {
  return highlighted.some((pointer) => pointer === path || pointer.startsWith(`${path}/`));
}
