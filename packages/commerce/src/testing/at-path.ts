/** Where things are in an input, each as its path, and the input with one of them changed. */
type Path = readonly string[];

/** Everything that is not an object: texts, numbers, choices. */
export function leavesIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) => leavesIn(inner, [...path, key]));
}

/** Where the texts are. */
export function textsIn(value: unknown): Path[] {
  return leavesIn(value).filter((path) => typeof valueAt(value, path) === "string");
}

/** Where an object is, the outermost included. */
export function objectsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [];
  const inner = Object.entries(value).flatMap(([key, one]) => objectsIn(one, [...path, key]));
  return Array.isArray(value) ? inner : [path, ...inner];
}

/** `value` with `changed` at the path; without the field there where `changed` is undefined. */
export function withValue(value: unknown, [key, ...rest]: Path, changed: unknown): unknown {
  if (key === undefined) return changed;
  if (Array.isArray(value)) return value.map((one, at) => (String(at) === key ? withValue(one, rest, changed) : one));
  const inner = withValue((value as Record<string, unknown>)[key], rest, changed);
  return { ...(value as object), [key]: inner };
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce((inner, key) => (inner as Record<string, unknown>)[key], value);
}
