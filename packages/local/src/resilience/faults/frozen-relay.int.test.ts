/** Two real worker processes on one database, one of them stopped in the middle of relaying and woken up again. */
import { createTestDatabase } from "@tillstream/db/testing";
import { appendEvents } from "@tillstream/eventing";
import { sql, systemScheduler } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { expect, it, vi } from "vitest";
import { startWorkerProcess } from "./worker-process.ts";

const PATIENCE = { timeout: 30_000, interval: 100 };
const metadata = { correlationId: "test", causationId: "test", actor: "system" };

/** Writes events to eight streams until told to stop; resolves to how many. */
function startWriters(db: Database): { stop(): Promise<number> } {
  let writing = true;
  const writers = Array.from({ length: 8 }, async (_, writer) => {
    let version = 0;
    while (writing) {
      const events = [{ type: "Ticked", schemaVersion: 1, data: {} }];
      const expectedVersion = version === 0 ? "new" : version;
      version = await appendEvents(db, {
        streamId: `s${writer}`,
        streamType: "clock",
        expectedVersion,
        events,
        metadata,
      });
      await systemScheduler.sleep(5);
    }
    return version;
  });
  return {
    async stop() {
      writing = false;
      return (await Promise.all(writers)).reduce((sum, count) => sum + count, 0);
    },
  };
}

async function leaseOf(db: Database): Promise<{ pid: number; epoch: number }> {
  const rows = await db.query<{ owner: string; epoch: number }>(
    sql`SELECT owner, epoch FROM relay_leases WHERE expires_at > now()`,
  );
  const pid = Number(/^worker-(\d+)-/.exec(rows[0]?.owner ?? "")?.[1]);
  return rows[0] !== undefined && pid > 0 ? { pid, epoch: rows[0].epoch } : expect.fail("no worker relays");
}

it("zombie owner resumes after a pause: nothing is published twice, and no gap is left", async () => {
  await using test = await createTestDatabase();
  const db = test.database;
  const workers = await Promise.all([startWorkerProcess(test), startWorkerProcess(test)]);
  try {
    const frozen = await vi.waitFor(() => leaseOf(db), PATIENCE);
    const writers = startWriters(db);
    process.kill(frozen.pid, "SIGSTOP");
    const taken = await vi.waitFor(async () => {
      const lease = await leaseOf(db);
      return lease.pid === frozen.pid ? expect.fail("not taken over yet") : lease;
    }, PATIENCE);
    expect(taken.epoch).toBeGreaterThan(frozen.epoch);
    process.kill(frozen.pid, "SIGCONT");
    const published = () => db.query<{ position: number }>(sql`SELECT position FROM event_log ORDER BY position`);
    const before = (await published()).length;
    await vi.waitFor(async () => expect((await published()).length).toBeGreaterThan(before + 100), PATIENCE);
    const written = await writers.stop();
    await vi.waitFor(async () => expect((await published()).length).toBe(written), PATIENCE);
    expect((await published()).map(({ position }) => position)).toEqual(
      Array.from({ length: written }, (_, index) => index + 1),
    );
    const disordered = await db.query(sql`
      SELECT FROM (SELECT event.version, row_number() OVER (PARTITION BY event.stream_id ORDER BY log.position) AS expected
                   FROM event_log log JOIN events event USING (event_id)) entry WHERE version <> expected`);
    expect(disordered).toEqual([]);
  } finally {
    for (const worker of workers) await worker.end();
  }
}, 120_000);
