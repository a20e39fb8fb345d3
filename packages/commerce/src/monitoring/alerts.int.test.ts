import { createCallerFactory } from "@tillstream/trpc";
import type { SessionUser } from "@tillstream/trpc";
import { sql } from "@tillstream/runtime";
import { expect, it } from "vitest";
import { adminRouter } from "../routers.ts";
import { createTestShop } from "../testing/index.ts";

const olga: SessionUser = { id: "olga", email: "olga@example.com", name: "Olga", role: "operator" };

const anna: SessionUser = { ...olga, id: "anna", email: "anna@example.com", name: "Anna" };

it("an alert about a projection answers what the first release did, and who has taken it on, by name", async () => {
  await using shop = await createTestShop();
  const { database: db } = shop;
  await db.query(
    sql`INSERT INTO auth_users (id, name, email, role) VALUES (${olga.id}, ${olga.name}, ${olga.email}, 'operator')`,
  );
  await db.query(sql`
    INSERT INTO projection_alerts (projection, status, threshold_seconds, peak_lag_seconds, pending_at, fired_at)
    VALUES ('order_view', 'firing', 5, 9.5, '2026-11-24T10:00:00Z', '2026-11-24T10:00:01Z')`);
  const callerOf = (user: SessionUser) => createCallerFactory(adminRouter)(shop.context({ user }));
  const asOlga = () => callerOf(olga);
  const { alerts } = asOlga();
  const [alert] = (await alerts.list()).items;
  expect(alert).toMatchObject({
    projection: "order_view",
    status: "firing",
    thresholdSeconds: 5,
    peakLagSeconds: 9.5,
    pendingAt: "2026-11-24T10:00:00.000Z",
    firedAt: "2026-11-24T10:00:01.000Z",
    resolvedAt: null,
    check: "projection-lag",
    acknowledged: null,
    causeId: null,
  });
  const id = alert?.id ?? 0;
  await alerts.acknowledge({ id, reason: "It is being rebuilt." });
  expect((await alerts.list()).items).toMatchObject([
    { status: "firing", acknowledged: { by: "user:olga", name: "Olga", reason: "It is being rebuilt." } },
  ]);
  await expect(callerOf(anna).alerts.giveBack({ id, reason: "Not hers." })).rejects.toMatchObject({ code: "CONFLICT" });
  await asOlga().alerts.giveBack({ id, reason: "Undone (the reason given was: It is being rebuilt.)" });
  expect((await alerts.list()).items).toMatchObject([{ status: "firing", acknowledged: null }]);
  await db.query(sql`UPDATE projection_alerts SET status = 'resolved', resolved_at = now()`);
  await expect(asOlga().alerts.acknowledge({ id, reason: "Too late." })).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect((await alerts.health()).parts).toEqual([]);
});
