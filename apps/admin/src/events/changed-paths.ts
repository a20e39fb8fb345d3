/** Which places of a JSON value differ from another, as JSON pointers (RFC 6901). */

const DEPTH_MAX = 16;
const PATHS_MAX = 200;

type Json = Readonly<Record<string, unknown>>;

const isContainer = (value: unknown): value is Json => typeof value === "object" && value !== null;
const segment = (key: string) => key.replaceAll("~", "~0").replaceAll("/", "~1");

/**
 * The pointers of what is new, different or gone in `after`, the deepest place of each change; "" when the whole
 * value is another. At most `PATHS_MAX`.
 */
export function changedPaths(before: unknown, after: unknown): string[] {
  const paths: string[] = [];
  compare(before, after, "", 0, paths);
  return paths;
}

function compare(before: unknown, after: unknown, path: string, depth: number, paths: string[]): void {
  if (Object.is(before, after) || paths.length >= PATHS_MAX) return;
  const comparable = isContainer(before) && isContainer(after) && Array.isArray(before) === Array.isArray(after);
  if (!comparable || depth >= DEPTH_MAX) {
    if (JSON.stringify(before) !== JSON.stringify(after)) paths.push(path);
    return;
  }
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  for (const key of keys) compare(before[key], after[key], `${path}/${segment(key)}`, depth + 1, paths);
}
