/** The gateway as its users meet it: a process that is killed, restarted and ended by a signal. */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { access, appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { clientOf } from "./test-gateway.ts";
import { charge } from "./test-records.ts";

const children: ChildProcess[] = [];
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tillstream-gateway-"));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  await rm(folder, { recursive: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function spawnProcess() {
  const port = await freePort();
  const env = { GATEWAY_PORT: String(port), GATEWAY_LEDGER: join(folder, "ledger.sqlite"), GATEWAY_LATENCY_MS: "0" };
  const child = spawn(process.execPath, [join(import.meta.dirname, "main.ts")], { env, stdio: "ignore" });
  children.push(child);
  return { child, port };
}

async function startProcess() {
  const { child, port } = await spawnProcess();
  const client = clientOf(`http://127.0.0.1:${port}`);
  await vi.waitFor(async () => expect((await client.get("/health")).status).toBe(200), {
    timeout: 15_000,
    interval: 50,
  });
  return {
    ...client,
    async end(signal: NodeJS.Signals) {
      const ended = once(child, "exit");
      child.kill(signal);
      const [code] = await ended;
      return code as number | null;
    },
  };
}

it("every answered capture and refund survives kill -9 and a torn write, and its key still replays", async () => {
  const first = await startProcess();
  const captured = await first.charge();
  const keys = Array.from({ length: 30 }, (_, at) => `other-${at}`);
  const answered: string[] = [];
  const others = keys.map(async (idempotencyKey) => {
    const { body } = await first.charge({ idempotencyKey });
    answered.push(body.id);
  });
  const refunded = await first.refund({ chargeId: captured.body.id, amount: 99 });
  await Promise.any(others);
  await first.end("SIGKILL");
  await Promise.allSettled(others);
  await appendFile(join(folder, "ledger.sqlite-wal"), "half of a frame");

  const second = await startProcess();
  const ids = (await second.entries()).map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining([captured.body.id, refunded.body.id, ...answered]));
  expect(await second.charge()).toEqual(captured);
  expect(await second.refund({ chargeId: captured.body.id, amount: 99 })).toEqual(refunded);
  await Promise.all(keys.map((idempotencyKey) => second.charge({ idempotencyKey })));
  const captures = (await second.entries()).filter(({ kind }) => kind === "capture");
  expect(captures).toHaveLength(1 + keys.length);
  expect(await second.end("SIGTERM")).toBe(0);
}, 30_000);

it("killed while it takes over an earlier ledger, it has all of it at the next start", async () => {
  const records = Array.from({ length: 20_000 }, (_, at) => `${JSON.stringify(charge(`c${at}`))}\n`);
  await writeFile(join(folder, "ledger.jsonl"), records.join(""));
  const { child } = await spawnProcess();
  await vi.waitFor(() => access(join(folder, "ledger.sqlite.new")), { timeout: 15_000, interval: 1 });
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;

  const second = await startProcess();
  expect(await second.entries()).toHaveLength(records.length);
  await expect(access(join(folder, "ledger.jsonl"))).rejects.toThrow("ENOENT");
}, 30_000);

it("SIGTERM ends it with 0 while calls are waiting", async () => {
  const gateway = await startProcess();
  const silent = gateway.charge({ token: "tok_timeout" }).catch(() => "cut off");
  const slow = gateway.charge({ token: "tok_slow", idempotencyKey: "slow" }).catch(() => "cut off");
  await vi.waitFor(async () => {
    const found = await gateway.get("/charges?idempotencyKey=slow");
    expect(found.body.charges).toHaveLength(1);
  });
  expect(await gateway.end("SIGTERM")).toBe(0);
  expect(await silent).toBe("cut off");
  expect(await slow).toMatchObject({ status: 503 });
}, 30_000);
