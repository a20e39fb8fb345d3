import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test, vi } from "vitest";
import { childEnv } from "../child-env.ts";
import { freePorts } from "../ports.ts";
import { isAlive } from "../processes.ts";
import { superviseProcess } from "./supervised-process.ts";
import type { ProcessEvents, SupervisedProcess } from "./supervised-process.ts";

const QUICK = { firstMs: 1, maxMs: 4, healthyAfterMs: 60_000 };
const SERVE = "setInterval(() => undefined, 1000); console.log('up')";
const WAIT = { timeout: 10_000, interval: 10 };

const started: SupervisedProcess[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((process) => process.stop()));
});

function supervise(script: string, backoff = QUICK) {
  const lines: string[] = [];
  const crashes: { how: string; restartInMs: number }[] = [];
  const pids: number[] = [];
  const spec = {
    name: "child",
    program: process.execPath,
    args: ["-e", script],
    cwd: import.meta.dirname,
    env: childEnv({}),
  };
  const child = superviseProcess(
    spec,
    {
      onLine: (_name, line) => lines.push(line),
      onStart: (_name, pid) => pids.push(pid),
      onCrash: (_name, how, restartInMs) => crashes.push({ how, restartInMs }),
    },
    backoff,
  );
  started.push(child);
  child.start();
  return { child, lines, crashes, pids };
}

describe("a supervised process", () => {
  test("starts again after each crash, later each time", async () => {
    const { crashes } = supervise("process.exit(3)");
    await vi.waitUntil(() => crashes.length >= 4, WAIT);
    expect(crashes.slice(0, 4)).toEqual(
      [1, 2, 4, 4].map((restartInMs) => ({ how: "ended with exit code 3", restartInMs })),
    );
  });

  test("starts again after kill -9", async () => {
    const { lines, crashes, pids } = supervise(SERVE);
    await vi.waitUntil(() => lines.length === 1, WAIT);
    process.kill(pids[0] ?? 0, "SIGKILL");
    await vi.waitUntil(() => lines.length === 2, WAIT);
    expect(crashes).toEqual([{ how: "was ended by SIGKILL", restartInMs: 1 }]);
    expect(pids[1]).not.toBe(pids[0]);
  });

  test("starts again when it hangs, however it hangs, and not while it is slow to start", async () => {
    const serve =
      "require('node:http').createServer((_, response) => response.end(console.log('asked'))).listen(Number(process.env.PORT))";
    const port = String((await freePorts(1))[0]);
    const crashes: string[] = [];
    const pids: number[] = [];
    const asked: string[] = [];
    const child = superviseProcess(
      {
        name: "child",
        program: process.execPath,
        args: ["-e", serve],
        cwd: import.meta.dirname,
        env: childEnv({ PORT: port }),
        livenessUrl: `http://127.0.0.1:${port}`,
      },
      {
        onLine: (_name, line) => asked.push(line),
        onStart: (_name, pid) => pids.push(pid),
        onCrash: (_name, how) => crashes.push(how),
      },
      QUICK,
      { everyMs: 10, timeoutMs: 500, misses: 2, startMs: 600_000 },
    );
    started.push(child);
    child.start();
    // It is asked again once an answer has come.
    const answers = (times: number) => vi.waitUntil(() => asked.length > times, WAIT);
    await answers(1);
    process.kill(pids[0] ?? 0, "SIGSTOP");
    await vi.waitUntil(() => pids.length === 2, WAIT);
    expect(crashes).toEqual([`hung and was ended: no answer from http://127.0.0.1:${port}`]);
    await answers(asked.length + 1);
    expect(crashes.length).toBe(1);
  });

  test("counts crashes afresh once it ran well", async () => {
    const { crashes } = supervise("process.exit(1)", { firstMs: 1, maxMs: 1_000, healthyAfterMs: 0 });
    await vi.waitUntil(() => crashes.length >= 4, WAIT);
    expect(crashes.every(({ restartInMs }) => restartInMs === 1)).toBe(true);
  });

  test("stays stopped once it was told to stop", async () => {
    const { child, lines, crashes, pids } = supervise(SERVE);
    await vi.waitUntil(() => lines.length === 1, WAIT);
    await child.stop();
    child.start();
    expect(child.pid()).toBeUndefined();
    expect(isAlive(pids[0] ?? 0)).toBe(false);
    expect(crashes).toEqual([]);
  });

  test("takes what it started with it, even what ignores SIGTERM", async () => {
    const server = createServer();
    await once(server.listen(0, "127.0.0.1"), "listening");
    const { port } = server.address() as AddressInfo; // a TCP server's address is never a string
    const connected = once(server, "connection");
    // The grandchild's end shows in its connection, no matter which process reaps it.
    const stubborn = `process.on('SIGTERM', () => undefined); require('node:net').connect(${port}, '127.0.0.1'); setInterval(() => undefined, 1000)`;
    const parent = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(stubborn)}]); ${SERVE}`;
    const { child } = supervise(parent);
    const [socket] = (await connected) as [import("node:net").Socket];
    socket.on("error", () => undefined).resume();
    const gone = once(socket, "close");
    await child.stop();
    await gone;
    server.close();
  });

  test("that cannot be started counts as crashed", async () => {
    const crashes: string[] = [];
    const spec = { name: "child", program: "/nonexistent/program", args: [], cwd: import.meta.dirname, env: {} };
    const starts: number[] = [];
    const events: ProcessEvents = {
      onLine: () => undefined,
      onStart: (_name, pid) => starts.push(pid),
      onCrash: (_name, how) => crashes.push(how),
    };
    const child = superviseProcess(spec, events, QUICK);
    started.push(child);
    child.start();
    await vi.waitUntil(() => crashes.length >= 2, WAIT);
    expect(crashes[0]).toContain("cannot be started");
    expect(starts).toEqual([]);
  });
});
