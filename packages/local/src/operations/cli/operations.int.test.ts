/** What people change from the terminal is in the audit, as what they change at the console is. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempDisposable } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { adminRouter } from "@tillstream/commerce";
import { createTestGateway, createTestShop, shopper } from "@tillstream/commerce/testing";
import type { TestShop } from "@tillstream/commerce/testing";
import { sql } from "@tillstream/runtime";
import { createCallerFactory } from "@tillstream/trpc";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { childEnv } from "../../environment/child-env.ts";
import { REPOSITORY_ROOT } from "../../environment/places.ts";
import { PERSON } from "./as-person.ts";
import { UsageError } from "./moment.ts";
import { rebuild, retryDeadLetters, setStatus } from "./operations.ts";
import { drain, resume } from "./workers.ts";

/** The discard service: nothing listens there. */
const NO_GATEWAY = "http://127.0.0.1:9";

let shop: TestShop;
beforeAll(async () => {
  shop = await createTestShop();
  await shop.settle(createTestGateway()); // registers every projection
  await shop.database.query(sql`
    INSERT INTO dead_letters (id, consumer, event_id, stream_id, position, error, attempts) VALUES (7, 'mail', 'a:1', 'a', 1, 'it broke', 5)`);
});
afterAll(() => shop[Symbol.asyncDispose]());
afterEach(() => void vi.restoreAllMocks());

/** By a process of its own. */
async function tillstream(...command: string[]): Promise<number> {
  await using data = await mkdtempDisposable(join(tmpdir(), "tillstream-cli-"));
  const child = spawn(process.execPath, ["packages/local/src/tillstream.ts", ...command], {
    cwd: REPOSITORY_ROOT,
    stdio: "ignore",
    env: childEnv({ DATABASE_URL: shop.test.url, TILLSTREAM_DATA_DIR: data.path, GATEWAY_URL: NO_GATEWAY }),
  });
  const [code] = (await once(child, "exit")) as [number];
  return code;
}

const rows = async () => {
  const caller = createCallerFactory(adminRouter)(shop.context({ user: { ...shopper, role: "viewer" } }));
  return (await caller.audit.list()).items;
};

it("each command leaves a row in the name of its login, and one that is refused none", async () => {
  const db = shop.database;
  vi.spyOn(console, "log").mockReturnValue();
  await setStatus(db, "order_view", "paused", { reason: "the disk is full" });
  await setStatus(db, "order_view", "running", { reason: "from the terminal" });
  for (const reason of ["why", " "]) {
    const name = reason === " " ? "order_view" : "nothing";
    await expect(setStatus(db, name, "paused", { reason })).rejects.toThrow(UsageError);
  }
  await retryDeadLetters(db, "7", { reason: "mended", rate: "10" });
  await db.query(sql`INSERT INTO workers (id, version, host, pid, runs) VALUES ('one', '1', 'here', 1, '{relay}')`);
  await expect(drain(db, "one", { reason: "a new disk" })).rejects.toThrow("No other worker is running");
  await drain(db, "one", { reason: "a new disk", last: true });
  await resume(db, "one", { reason: "it is in" });
  const rebuilding = rebuild(db, "order_view", { reason: "a new column" });
  const ended = sql`UPDATE projection_rebuilds SET status = 'swapped' RETURNING 1 AS ended`;
  await vi.waitUntil(async () => (await db.query(ended)).length > 0, { timeout: 20_000 });
  expect(await rebuilding).toBe(0);
  expect(await tillstream("reconcile", "--reason", "month end")).toBe(1); // no gateway answers, but the run began
  const expected = [
    ["projections.pause", "order_view", "the disk is full", { status: "running" }, { status: "paused" }],
    ["projections.resume", "order_view", "from the terminal", { status: "paused" }, { status: "running" }],
    ["deadLetters.retry", "7", "mended", { parked: 1 }, { retrying: 1 }],
    ["workers.drain", "one", "a new disk", { state: "running" }, { state: "drained" }],
    ["workers.resume", "one", "it is in", { state: "drained" }, { state: "running" }],
    ["projections.rebuild", "order_view", "a new column", null, { status: "running", actor: PERSON }],
    ["payments.reconcile", "reconciliation", "month end", null, { requestedBy: PERSON }],
  ].map(([action, subject, reason, before, after]) => ({ actor: PERSON, action, subject, reason, before, after }));
  expect((await rows()).toReversed()).toMatchObject(expected);
}, 60_000);
