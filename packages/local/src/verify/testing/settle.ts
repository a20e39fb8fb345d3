/** Does the worker's work until nothing is left: publishes, lets every subscription read, runs every due saga step. */
import { localInbox, modules, orderLinks, simulatedCarrier } from "@tillstream/commerce";
import type { Ports } from "@tillstream/commerce";
import { catchUp, createKeyring, createSagaEngine, deploymentOf, publishAll } from "@tillstream/eventing";
import type { StepRef } from "@tillstream/eventing";
import { createLogger, readMasterKeys, sql, systemScheduler } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import type { TestGateway } from "./test-gateway.ts";

const ROUNDS_MAX = 100;
const logger = createLogger("test", "silent");

/** What the modules are given; orders ship at once. */
export function portsOf(db: Database, gateway: TestGateway): Ports {
  const links = orderLinks("a secret of the tests");
  const delays = { shippingDelayMs: 0, snapshotEveryAccount: 5 };
  return {
    db,
    gateway,
    mailer: localInbox(createKeyring(readMasterKeys())),
    links,
    carrier: simulatedCarrier,
    ...delays,
  };
}

export async function settle(db: Database, gateway: TestGateway): Promise<void> {
  const { sagas, projections, consumers } = deploymentOf(modules, portsOf(db, gateway));
  const subscriptions = [...projections, ...consumers];
  const engine = createSagaEngine({ db, logger, scheduler: systemScheduler, sagas });
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const published = await publishAll(db);
    for (const subscription of subscriptions) await catchUp(db, logger, subscription);
    const due = await db.query<StepRef>(sql`
      SELECT saga_id AS "sagaId", step, kind FROM saga_steps WHERE status = 'pending' AND run_at <= now()`);
    for (const step of due) await engine.runStep(step);
    if (published + due.length === 0) return;
  }
  throw new Error(`not settled after ${ROUNDS_MAX} rounds`);
}
