import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startMark } from "../processes.ts";
import { AlreadyRunningError, claimDataFolder, findAbandoned, findRunning } from "./state-file.ts";

const log = vi.fn<(line: string) => void>();
let dataDir = "";

beforeEach(() => {
  log.mockClear();
  dataDir = mkdtempSync(join(tmpdir(), "tillstream-state-"));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

function leaveState(state: object): void {
  writeFileSync(join(dataDir, "running.json"), JSON.stringify(state));
}

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "exit");
  return child.pid ?? 0;
}

test("a second instance on the same data is refused, and told who has it", async () => {
  const state = await claimDataFolder(dataDir, "start", log);
  state.update({ status: "ready", urls: { storefront: "http://localhost:3000" } });
  await expect(claimDataFolder(dataDir, "start", log)).rejects.toThrow(AlreadyRunningError);
  await expect(claimDataFolder(dataDir, "start", log)).rejects.toThrow(
    `http://localhost:3000 (npm run start, process ${process.pid})`,
  );
  state.release();
  const next = await claimDataFolder(dataDir, "start", log);
  next.release();
});

test("other commands find what runs, and find nothing after it ended", async () => {
  const state = await claimDataFolder(dataDir, "start", log);
  state.update({ databaseUrl: "postgresql://tillstream@127.0.0.1:1/tillstream" });
  state.processStarted("worker", process.pid);
  expect(findRunning(dataDir)).toMatchObject({
    status: "starting",
    databaseUrl: "postgresql://tillstream@127.0.0.1:1/tillstream",
    processes: { worker: { pid: process.pid } },
  });
  state.release();
  expect(findRunning(dataDir)).toBeUndefined();
  expect(readdirSync(dataDir)).toEqual([]);
});

test("what runs on without its supervisor is found by itself, and by nobody taken for a system in charge", async () => {
  const supervisor = { pid: await deadPid() };
  const worker = { pid: process.pid, mark: startMark(process.pid) };
  const state = { supervisor, status: "ready", command: "start", urls: {} };
  leaveState({ ...state, processes: { worker } });
  expect(findRunning(dataDir)).toBeUndefined();
  expect(findAbandoned(dataDir)).toMatchObject({ processes: { worker } });
  leaveState({ ...state, processes: { worker: supervisor } });
  expect(findAbandoned(dataDir)).toBeUndefined();
});

test("what a killed supervisor left behind is ended, and nothing else", async () => {
  const left = spawn(process.execPath, ["-e", "setInterval(() => undefined, 1000)"], {
    detached: true,
    stdio: "ignore",
  });
  const ended = once(left, "exit");
  const leftPid = left.pid ?? 0;
  leaveState({
    supervisor: { pid: await deadPid(), mark: "1" },
    status: "ready",
    command: "start",
    urls: {},
    processes: {
      worker: { pid: leftPid, mark: startMark(leftPid) },
      // The same id as ours, but of a process that started at another time: it must live on.
      admin: { pid: process.pid, mark: "another time" },
    },
  });
  const state = await claimDataFolder(dataDir, "start", log);
  await ended;
  expect(log.mock.calls.flat()).toEqual(["ending what a killed start left running: worker"]);
  state.release();
});

test("a state file that was cut off by a kill stops nobody", async () => {
  writeFileSync(join(dataDir, "running.json"), '{"supervisor":');
  const state = await claimDataFolder(dataDir, "start", log);
  expect(findRunning(dataDir)?.supervisor.pid).toBe(process.pid);
  state.release();
});
