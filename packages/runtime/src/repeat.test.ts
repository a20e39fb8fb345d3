import { expect, it } from "vitest";
import { createLogger } from "./logger.ts";
import { AT_ONCE, repeat } from "./repeat.ts";
import type { Loop } from "./repeat.ts";

type Turn = () => Promise<number | void>;
const fails: Turn = () => Promise.reject(new Error("not now"));
const works: Turn = async () => undefined;
const hasMore: Turn = async () => AT_ONCE;

/** Takes these turns, and no more; with the pauses between them in ms. */
async function take(turns: readonly Turn[], loop: Partial<Loop<unknown>> = {}) {
  const left = [...turns];
  const over = new AbortController();
  const pauses: number[] = [];
  const lines: string[] = [];
  const sleep = async (ms: number) => void pauses.push(ms);
  await repeat(
    {
      name: "sweeper",
      intervalMs: 100,
      turn: () => {
        const turn = left.shift() ?? works;
        if (left.length === 0) over.abort();
        return turn();
      },
      ...loop,
    },
    {
      logger: createLogger("test", "info", {
        write: (line) => void lines.push((JSON.parse(line) as { msg: string }).msg),
      }),
      scheduler: { sleep, every: () => () => undefined },
      signal: over.signal,
    },
  );
  return { pauses, lines };
}

it("pauses for its interval, for as long as a turn says, and not at all while there is more to do", async () => {
  expect(await take([works, hasMore, hasMore, async () => 7, works])).toEqual({ pauses: [100, 7, 100], lines: [] });
});

it("says once that it fails and once that it works again, however often that is", async () => {
  const { pauses, lines } = await take([fails, fails, fails, works, works, fails, works], { backoffMs: 30 });
  expect(lines).toEqual([
    "sweeper: trying again",
    "sweeper: works again",
    "sweeper: trying again",
    "sweeper: works again",
  ]);
  expect(pauses).toEqual([30, 30, 30, 100, 100, 30, 100]);
});

it("says of another cause what it is", async () => {
  const failsToo = () => Promise.reject(new Error("nor now"));
  const { lines } = await take([fails, failsToo, failsToo, works]);
  expect(lines).toEqual(["sweeper: trying again", "sweeper: trying again", "sweeper: works again"]);
});

it("is woken from its pause after a turn, and not from that after a failure", async () => {
  const waits: number[] = [];
  const wakeUp = { notify: () => undefined, wait: async (ms: number) => void waits.push(ms) };
  const { pauses } = await take([works, fails, works], { backoffMs: 30, wakeUp });
  expect({ pauses, waits }).toEqual({ pauses: [30], waits: [100, 100] });
});

it("a thrown value that is not an Error is a failure all the same, and after an abort nothing is repeated", async () => {
  expect((await take([() => Promise.reject("no error")])).lines).toEqual(["sweeper: trying again"]);
  let turns = 0;
  const logger = createLogger("test", "silent");
  const scheduler = { sleep: works, every: () => () => undefined } as never; // is not asked
  const loop = { name: "sweeper", intervalMs: 1, turn: async () => void (turns += 1) };
  await repeat(loop, { logger, scheduler, signal: AbortSignal.abort() });
  expect(turns).toBe(0);
});
