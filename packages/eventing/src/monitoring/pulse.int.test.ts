import { createTestDatabase } from "@tillstream/db/testing";
import { sql } from "@tillstream/runtime";
import type { Sql } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { readPulse } from "./pulse.ts";

it("is the same while nothing changes, and another after whatever an operator would want to see", async () => {
  await using test = await createTestDatabase();
  const { database: db } = test;
  const changes: readonly Sql[] = [
    sql`INSERT INTO outbox_events (event_id, event_type, aggregate_id, payload) VALUES ('a:1', 'A', 'a', '{}')`,
    sql`INSERT INTO event_log_head (id, position) VALUES (0, 7) ON CONFLICT (id) DO UPDATE SET position = 7`,
    sql`INSERT INTO projection_checkpoints (projection, position) VALUES ('totals', 1)`,
    sql`UPDATE projection_checkpoints SET position = 7`,
    sql`UPDATE projection_checkpoints SET status = 'paused'`,
    sql`INSERT INTO consumer_checkpoints (consumer) VALUES ('mail')`,
    sql`INSERT INTO saga_actions (saga_id, action, actor, reason) VALUES ('s', 'retryStep', 'user:x', 'because')`,
  ];
  const seen = [await readPulse(db)];
  expect(await readPulse(db)).toBe(seen[0]);
  for (const change of changes) {
    await db.query(change);
    seen.push(await readPulse(db));
  }
  expect(new Set(seen).size).toBe(changes.length + 1);
});
