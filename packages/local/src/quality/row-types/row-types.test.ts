import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { REPOSITORY_ROOT } from "../../environment/places.ts";
import { checkRowTypes } from "./check-copies.ts";
import { insertAt, queryCalls, versionOf } from "./queries.ts";
import { typeOf } from "./seen.ts";

const FILE = "packages/shop/src/orders.ts";
const CODE = `
declare const db: { query<Row>(statement: string): Promise<Row[]> };
interface Order { readonly id: string; readonly status: "open" | "closed"; readonly at: Date; readonly note: string | null }
export const orders = () => db.query<Order>("SELECT");
export const count = () => db.query<{ readonly count: number }>("SELECT count(*)");
export const any = <Row>() => db.query<Readonly<Row>>("SELECT");
`;

describe("the calls of a source", () => {
  it("are those whose rows have a type of their own", () => {
    const types = queryCalls(CODE).map(({ type }) => CODE.slice(type.start, type.end));
    expect(types).toEqual(["Order", "{ readonly count: number }"]);
  });

  it("can be put into something else", () => {
    const [first] = queryCalls(CODE);
    const wrapped = insertAt(CODE, [
      [first?.end ?? 0, ")"],
      [first?.start ?? 0, "seen("],
    ]);
    expect(wrapped).toContain('=> seen(db.query<Order>("SELECT"));');
  });
});

it.each([
  [{ id: "0190-a1", status: "open" }, '{ "id": string; "status": "open" }'],
  [{ at: new Date(), paid: null, ok: true, count: 3 }, '{ "at": Date; "paid": null; "ok": true; "count": number }'],
  [{ lines: [{ of: "a" }, { of: "b" }, { of: "a" }] }, '{ "lines": ({ "of": "a" } | { "of": "b" })[] }'],
  [{ tags: [], metadata: {} }, '{ "tags": (never)[]; "metadata": any }'],
  [{ id: 1n }, '{ "id": bigint }'],
  [{ picture: Buffer.from("x") }, '{ "picture": Buffer }'],
])("%o looks like %s", (row, type) => {
  expect(typeOf(row)).toBe(type);
});

describe("the rows that tests got", () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "tillstream-rows-"));
    await symlink(join(REPOSITORY_ROOT, "node_modules"), join(root, "node_modules"), "junction");
    await write(
      "tsconfig.base.json",
      '{ "compilerOptions": { "strict": true, "types": ["node"], "skipLibCheck": true } }',
    );
    await write("packages/shop/tsconfig.json", '{ "extends": "../../tsconfig.base.json", "include": ["src"] }');
    await write(FILE, CODE);
  });
  afterEach(() => rm(root, { recursive: true }));

  async function write(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }

  const check = (row: Record<string, unknown>, version = versionOf(CODE)) =>
    checkRowTypes(root, join(root, "copies"), [{ file: FILE, version, call: 0, row: typeOf(row) }]);

  const ORDER = { id: "0190-a1", status: "open", at: new Date(), note: null };

  it("fit, and those that were not seen are named", async () => {
    expect(await check(ORDER)).toEqual({ checked: 1, unseen: [`${FILE}:5`], wrong: [] });
  });

  it("of another text of the source say nothing", async () => {
    expect(await check({}, "before")).toEqual({ checked: 0, unseen: [`${FILE}:4`, `${FILE}:5`], wrong: [] });
  });

  it.each([
    ["a column is missing", { id: "0190-a1", status: "open", at: new Date() }],
    ["it is text and not an instant", { ...ORDER, at: "2026-01-01" }],
    ["it is a big integer and not a text", { ...ORDER, id: 1n }],
    ["it is null, which nobody expected", { ...ORDER, id: null }],
    ["it has a name that the union does not", { ...ORDER, status: "lost" }],
  ])("do not fit when %s", async (_, row) => {
    const { wrong } = await check(row);
    expect(wrong).toEqual([expect.stringContaining(`${FILE}(4,`)]);
    expect(wrong).toEqual([expect.stringContaining("'Order'")]);
  });
});
