import { createLogger, createWakeUp, systemScheduler } from "@tillstream/runtime";
import type { Database, Sql } from "@tillstream/runtime";
import { expect, it } from "vitest";
import type { TailEvent } from "../store/read.ts";
import { testMetadata } from "../testing/counter.ts";
import { createLogTail } from "./log-tail.ts";

const SIZE = 5;

const eventAt = (position: number): TailEvent => ({
  eventId: `a:${position}`,
  streamId: "a",
  streamType: "counter",
  version: position,
  type: position % 2 === 0 ? "Even" : "Odd",
  schemaVersion: 1,
  data: {},
  metadata: testMetadata,
  recordedAt: new Date(0),
  position,
  streamHash: 1,
});

/** A log that ends at `head`, and a tail of it that has begun to look when it ended at `begun`. */
async function tailOf({ begun, head = begun }: { readonly begun: number; readonly head?: number }) {
  const log = { head: begun, asked: 0 };
  const query = async ({ values }: Sql) => {
    log.asked += 1;
    const [after] = values;
    if (typeof after !== "number") return [{ position: log.head }];
    const count = Math.max(0, log.head - after);
    return Array.from({ length: count }, (_, index) => rowOf(eventAt(after + index + 1)));
  };
  const announced: (readonly string[])[] = [];
  const wakeUp = createWakeUp(systemScheduler);
  const tail = createLogTail({ size: SIZE, pollMs: 1, wakeUp, onEvents: (types) => announced.push(types) });
  const db = { query } as unknown as Database;
  const ports = {
    db,
    scheduler: systemScheduler,
    signal: new AbortController().signal,
    logger: createLogger("test", "silent"),
  };
  const look = () => tail.loop.turn(ports);
  await look();
  log.head = head;
  if (head !== begun) await look();
  return { tail, look, log, announced };
}

function rowOf({ eventId, streamId, streamType, schemaVersion, recordedAt, ...same }: TailEvent) {
  return {
    ...same,
    event_id: eventId,
    stream_id: streamId,
    stream_type: streamType,
    schema_version: schemaVersion,
    recorded_at: recordedAt,
  };
}

const positions = (events: readonly TailEvent[] | undefined) => events?.map(({ position }) => position);

it("what was published before its first look is not in it, what comes after is", async () => {
  const { tail, announced } = await tailOf({ begun: 7, head: 10 });
  expect(tail.after(6, SIZE)).toBeUndefined();
  expect(tail.after(7, SIZE)).toEqual([8, 9, 10].map(eventAt));
  expect(positions(tail.after(8, 1))).toEqual([9]);
  expect(tail.after(10, SIZE)).toEqual([]);
  expect(tail.after(99, SIZE)).toEqual([]); // another process is ahead of it
  expect(announced).toEqual([["Even", "Odd"]]);
});

it("keeps the newest events only", async () => {
  const { tail } = await tailOf({ begun: 0, head: 20 });
  expect(tail.after(14, SIZE)).toBeUndefined();
  expect(positions(tail.after(15, 100))).toEqual([16, 17, 18, 19, 20]);
});

it("takes what was published here where it continues what is known, and reads it otherwise", async () => {
  const { tail, look, log, announced } = await tailOf({ begun: 3 });
  const before = log.asked;
  tail.take([4, 5].map(eventAt));
  expect(positions(tail.after(3, SIZE))).toEqual([4, 5]);
  expect(log.asked).toBe(before);
  tail.take([8].map(eventAt)); // 6 and 7 were published by another process
  expect(positions(tail.after(3, SIZE))).toEqual([4, 5]);
  log.head = 8;
  await look();
  expect(positions(tail.after(3, SIZE))).toEqual([4, 5, 6, 7, 8]);
  expect(announced).toEqual([
    ["Even", "Odd"],
    ["Even", "Odd"],
  ]);
});

it("an event that was both taken and read is in it once", async () => {
  const { tail, look, log } = await tailOf({ begun: 0 });
  log.head = 2;
  const looking = look();
  tail.take([1, 2, 3].map(eventAt));
  await looking;
  expect(positions(tail.after(0, SIZE))).toEqual([1, 2, 3]);
});

it("a batch in which an event had its position before leaves no gap", async () => {
  const { tail, look, log } = await tailOf({ begun: 3 });
  tail.take([3, 6, 7].map(eventAt)); // 4 and 5 were published by another process
  expect(positions(tail.after(3, SIZE))).toEqual([]);
  log.head = 7;
  await look();
  expect(positions(tail.after(3, SIZE))).toEqual([4, 5, 6, 7]);
});
