/** A stream whose times run backwards, as old databases hold it, read at every instant by all who can ask for one. */
import { spawn } from "node:child_process";
import { mkdtempDisposable } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { adminRouter, shopRouter } from "@tillstream/commerce";
import { createPool } from "@tillstream/db";
import { createTestShop, shopper } from "@tillstream/commerce/testing";
import type { TestShop } from "@tillstream/commerce/testing";
import { sql } from "@tillstream/runtime";
import { createCallerFactory } from "@tillstream/trpc";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { childEnv } from "../../environment/child-env.ts";
import { REPOSITORY_ROOT } from "../../environment/places.ts";
import { replay, showStream } from "./history.ts";

const STREAM = `account-${shopper.id}`;
const START = Date.parse("2026-03-01T10:00:00.000Z");
/** When each version was recorded, in milliseconds after the start, and the balance after it. */
const HISTORY = [
  { afterMs: 0, type: "AccountCreated", balance: 0 },
  { afterMs: 40, type: "MoneyDeposited", balance: 1 },
  { afterMs: 20, type: "MoneyDeposited", balance: 11 },
  { afterMs: 20, type: "MoneyDeposited", balance: 111 },
  { afterMs: 90, type: "MoneyDeposited", balance: 1_111 },
  { afterMs: -3_600_000, type: "MoneyDeposited", balance: 11_111 },
] as const;

/** What stood by then: everything before the first event that came later. */
const INSTANTS: readonly (readonly [afterMs: number, version: number])[] = [
  [-3_600_001, 0],
  [-3_600_000, 0],
  [-1, 0],
  [0, 1],
  [19, 1],
  [20, 1],
  [39, 1],
  [40, 4],
  [89, 4],
  [90, 6],
  [3_600_000, 6],
];

let shop: TestShop;
beforeAll(async () => {
  shop = await createTestShop();
  const rows = HISTORY.map(({ afterMs, type, balance }, index) => ({
    version: index + 1,
    type,
    at: new Date(START + afterMs),
    data: {
      accountId: shopper.id,
      ...(type === "AccountCreated" ? { currency: "USD" } : { amount: balance - (HISTORY[index - 1]?.balance ?? 0) }),
    },
  }));
  await shop.database.query(sql`
    INSERT INTO events (event_id, stream_id, stream_type, version, type, schema_version, data, metadata, recorded_at)
    SELECT ${STREAM} || ':' || version, ${STREAM}, 'account', version, type, 1, data, '{}', at
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row(version int, type text, at timestamptz, data jsonb)`);
});
afterAll(() => shop[Symbol.asyncDispose]());

/** What a command of the terminal prints. */
async function printed(command: () => Promise<unknown>): Promise<string> {
  const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
  try {
    await command();
    return log.mock.calls.flat().join("\n");
  } finally {
    log.mockRestore();
  }
}

const versionsIn = (output: string) =>
  [...output.matchAll(/"version": (\d+),\n\s+"type"/g)].map(([, version]) => Number(version));

it.each(INSTANTS)("%i ms after the start it was at version %i, whichever source is asked", async (afterMs, version) => {
  const at = new Date(START + afterMs).toISOString();
  const { streams } = createCallerFactory(adminRouter)(shop.context({ user: { ...shopper, role: "viewer" } }));
  const { account } = createCallerFactory(shopRouter)(shop.context({ user: shopper }));
  const balance = HISTORY[version - 1]?.balance ?? 0;
  const versions = Array.from({ length: version }, (_, index) => index + 1);

  expect(await streams.stateAt({ streamId: STREAM, at })).toMatchObject({ version, state: { balance } });
  const { steps } = await streams.replay({ streamId: STREAM, at });
  expect(steps.map((step) => step.version)).toEqual(versions);
  expect(await account.balanceAt({ at })).toMatchObject({ version, balance: { amount: balance } });

  const stream = await printed(() => showStream(shop.database, STREAM, { at, json: true }));
  expect(JSON.parse(stream)).toMatchObject({ version, state: { balance } });
  expect(versionsIn(stream)).toEqual(versions);
  expect(versionsIn(await printed(() => replay(shop.database, STREAM, { until: at, json: true })))).toEqual(versions);
});

it("the terminal's command says the same, and the processes can still sign in", async () => {
  await using data = await mkdtempDisposable(join(tmpdir(), "tillstream-cli-"));
  const at = new Date(START + 40).toISOString();
  const child = spawn(process.execPath, ["packages/local/src/tillstream.ts", "stream", STREAM, "--at", at], {
    cwd: REPOSITORY_ROOT,
    stdio: ["ignore", "pipe", "inherit"],
    env: childEnv({ DATABASE_URL: shop.test.url, TILLSTREAM_DATA_DIR: data.path }),
  });
  const output = await text(child.stdout);
  expect(output.match(/^ +\d+ {2}2026/gm)?.length).toBe(4);
  expect(output).toContain("state at version 4:");
  const processes = createPool({ url: shop.test.appUrl, max: 1, applicationName: "test" });
  await processes.query("SELECT 1");
  await processes.end();
}, 60_000);
