/**
 * `npm run check:rows`: are the rows that the code asserts with `query<Row>` those that the database gave to the integration tests
 * that ran last? Names the queries of which no test has seen a row. Ends with 1 when a row is not of its type.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { REPOSITORY_ROOT } from "./environment/places.ts";
import { checkRowTypes } from "./quality/row-types/check-copies.ts";
import { SEEN_FILE } from "./quality/row-types/places.ts";
import type { Seen } from "./quality/row-types/seen.ts";

const text = await readFile(SEEN_FILE, "utf8").catch(() => "");
const lines = [...new Set(text.split("\n"))].filter((line) => line !== "");
await mkdir(dirname(SEEN_FILE), { recursive: true });
await writeFile(SEEN_FILE, lines.map((line) => `${line}\n`).join(""));
const copies = await mkdtemp(join(dirname(SEEN_FILE), "row-types-"));
try {
  const seen = lines.map((line) => JSON.parse(line) as Seen); // `seen.ts` wrote it
  const { checked, unseen, wrong } = await checkRowTypes(REPOSITORY_ROOT, copies, seen);
  for (const place of unseen) console.log(`no row seen: ${place}`);
  for (const problem of wrong) console.log(problem);
  console.log(
    `Rows: ${checked} of ${checked + unseen.length} queries checked${wrong.length > 0 ? ", and some are wrong" : ""}`,
  );
  process.exitCode = wrong.length === 0 ? 0 : 1;
} finally {
  await rm(copies, { recursive: true });
}
