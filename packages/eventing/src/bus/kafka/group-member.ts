/** A member of a consumer group at read_committed: hands out records in the order of their partitions, commits when told to. */
import { Consumer, FetchIsolationLevels } from "@platformatic/kafka";
import type { Message } from "@platformatic/kafka";
import { createWakeUp, withTimeout } from "@tillstream/runtime";
import type { Scheduler } from "@tillstream/runtime";
import { clientOptions } from "./cluster.ts";
import type { KafkaSettings } from "./cluster.ts";

/** A member that is not heard of for so long has its partitions given to others. */
const SESSION_TIMEOUT_MS = 10_000;
const HEARTBEAT_MS = 1_000;
const REBALANCE_TIMEOUT_MS = 20_000;
/** How long the broker holds a fetch that has nothing to answer. */
const FETCH_WAIT_MS = 500;
const CLOSE_TIMEOUT_MS = 3_000;
/** Records that are fetched ahead of those that are worked on. */
const BUFFERED_MAX = 1_000;

export type KafkaRecord = Message<Buffer, Buffer, Buffer, Buffer>;

export interface GroupMember {
  /** The next records, at most `max`; none when none came within `waitMs`. Throws when the group has to be rejoined. */
  take(max: number, waitMs: number, signal: AbortSignal): Promise<readonly KafkaRecord[]>;
  /** Everything up to these records is done. */
  commit(records: readonly KafkaRecord[]): Promise<void>;
  /** Leaves the group, so that the others need not wait for the session to run out. */
  close(): Promise<void>;
}

export async function joinGroup(
  settings: KafkaSettings,
  name: string,
  topics: readonly string[],
  scheduler: Scheduler,
): Promise<GroupMember> {
  const consumer = new Consumer({
    ...clientOptions(settings, name),
    groupId: groupIdOf(settings, name),
    sessionTimeout: SESSION_TIMEOUT_MS,
    heartbeatInterval: HEARTBEAT_MS,
    rebalanceTimeout: REBALANCE_TIMEOUT_MS,
  });
  const close = () => withTimeout(consumer.close(true), CLOSE_TIMEOUT_MS, "leaving a group").catch(() => undefined);
  const stream = await consumer
    .consume({
      topics: [...topics],
      autocommit: false,
      mode: "committed",
      fallbackMode: "earliest",
      isolationLevel: FetchIsolationLevels.READ_COMMITTED,
      maxWaitTime: FETCH_WAIT_MS,
      highWaterMark: BUFFERED_MAX,
    })
    .catch(async (error: unknown) => {
      await close();
      throw error;
    });
  const arrived = createWakeUp(scheduler);
  let failure: Error | undefined;
  stream.on("readable", () => arrived.notify());
  stream.on("error", (error) => {
    failure = error;
    arrived.notify();
  });
  stream.on("close", () => {
    failure ??= new Error("the stream of records has ended");
    arrived.notify();
  });

  function read(max: number): KafkaRecord[] {
    const records: KafkaRecord[] = [];
    while (records.length < max) {
      const record = stream.read() as KafkaRecord | null;
      if (record === null) break;
      records.push(record);
    }
    return records;
  }

  return {
    async take(max, waitMs, signal) {
      const ready = read(max);
      if (ready.length > 0) return ready;
      if (failure !== undefined) throw failure;
      await arrived.wait(waitMs, signal);
      return read(max);
    },
    async commit(records) {
      await consumer.commit({ offsets: offsetsAfter(records) });
    },
    async close() {
      await close();
    },
  };
}

export const groupIdOf = ({ prefix }: KafkaSettings, consumer: string): string => `${prefix}.${consumer}`;

/** The offset after the last of these records, for each partition. */
function offsetsAfter(records: readonly KafkaRecord[]) {
  const last = new Map<string, KafkaRecord>();
  for (const record of records) last.set(`${record.topic}/${record.partition}`, record);
  return [...last.values()].map(({ topic, partition, offset, leaderEpoch }) => ({
    topic,
    partition,
    offset: offset + 1n,
    leaderEpoch: leaderEpoch ?? -1,
  }));
}
