/** Whether SECURITY.md is true: its tests, pages and sections exist, and each line of ASVS is in one of its tables, once. */
import { withoutComments } from "./imports.ts";

/** The text of a file of the repository; undefined when it does not exist. */
export type ReadFile = (path: string) => string | undefined;

/** Over the three tables. */
const TABLES = ["Lines that are met", "Lines that are not met", "Lines that do not apply"];
const NUMBER = /\b\d+\.\d+\.\d+\b/g;
/** `[label](path) "describe > name"` */
const NAMED_TEST = /\[[^\]]+\]\(([^)\s]+\.test\.tsx?)\) "([^"]+)"/g;
const LINK = /\]\(([^)\s]+)\)/g;
/** The first argument of `it`, `test`, `describe` or of what their `each`, `for` and the like gave. One that is skipped proves nothing. */
const TITLE = /(?:\b(?:it|test|describe)(?:\.(?!skip|todo|fails)\w+)*|\))\s*\(\s*(["'`])((?:\\.|(?!\1).)*)\1\s*,/gs;

/** What is wrong, a sentence each. @param lines the numbers that have to be there */
export function checkSecurityTable(text: string, lines: readonly string[], read: ReadFile): string[] {
  return [...checkNumbers(text, lines), ...checkRows(text), ...checkTests(text, read), ...checkLinks(text, read)];
}

function rowsOf(text: string, heading: string): string[] {
  const section = text.split(/^#+ /m).find((one) => one.startsWith(`${heading}\n`)) ?? "";
  return section.split("\n").filter((line) => /^\| *\d/.test(line));
}

function checkNumbers(text: string, lines: readonly string[]): string[] {
  const found = TABLES.flatMap((heading) => rowsOf(text, heading)).flatMap(
    (row) => row.split("|")[1]?.match(NUMBER) ?? [],
  );
  const counts = Map.groupBy(found, (number) => number);
  return [
    ...lines.filter((number) => !counts.has(number)).map((number) => `${number} is in no table`),
    ...[...counts].filter(([, { length }]) => length > 1).map(([number]) => `${number} is there more than once`),
    ...[...counts.keys()]
      .filter((number) => !lines.includes(number))
      .map((number) => `${number} is not a line of ASVS`),
  ];
}

function checkRows(text: string): string[] {
  return rowsOf(text, "Lines that are met")
    .filter((row) => row.match(NAMED_TEST) === null)
    .map((row) => `${row.split("|")[1]?.trim()} names no test`);
}

function checkTests(text: string, read: ReadFile): string[] {
  return [...text.matchAll(NAMED_TEST)].flatMap(([, path = "", name = ""]) => {
    const source = read(path);
    if (source === undefined) return []; // a link that leads nowhere says so
    const titles = new Set([...withoutComments(source).matchAll(TITLE)].map(([, , title]) => title));
    return name.split(" > ").every((part) => titles.has(part)) ? [] : [`${path} has no test "${name}"`];
  });
}

function checkLinks(text: string, read: ReadFile): string[] {
  return [...text.matchAll(LINK)].flatMap(([, target = ""]) => {
    if (/^https?:/.test(target)) return [];
    const [path = "", anchor] = target.split("#");
    const page = path === "" ? text : read(path);
    if (page === undefined) return [`${path} is not there`];
    return anchor === undefined || anchorsOf(page).has(anchor) ? [] : [`${target} is not a section`];
  });
}

/** As GitHub makes them of headings. */
function anchorsOf(page: string): Set<string> {
  const headings = [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} -]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );
}
