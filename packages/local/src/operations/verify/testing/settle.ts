/** Does the worker's work until nothing is left: publishes, lets every subscription read, runs every due saga step. */
import { idlePorts, localInbox, modules, orderLinks } from "@tillstream/commerce";
import type { Ports } from "@tillstream/commerce";
import { assemble, createKeyring, createSagaEngine, workOnce } from "@tillstream/eventing";
import { createLogger, readMasterKeys, systemScheduler } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import type { TestGateway } from "./test-gateway.ts";

const ROUNDS_MAX = 1_000;
const ports = {
  logger: createLogger("test", "silent"),
  scheduler: systemScheduler,
  signal: new AbortController().signal,
};

/** What the modules are given; orders ship at once. */
export function portsOf(db: Database, gateway: TestGateway): Ports {
  const links = orderLinks("a secret of the tests");
  const mailer = localInbox(createKeyring(readMasterKeys()));
  return { ...idlePorts(), db, gateway, mailer, links, snapshotEveryAccount: 5 };
}

export async function settle(db: Database, gateway: TestGateway): Promise<void> {
  const { sagas, subscriptions } = assemble(modules, portsOf(db, gateway));
  const engine = createSagaEngine({ ...ports, db, sagas });
  for (let round = 0; round < ROUNDS_MAX; round += 1)
    if ((await workOnce(subscriptions, engine.runStep, { ...ports, db })) === 0) return;
  throw new Error(`not settled after ${ROUNDS_MAX} rounds`);
}
