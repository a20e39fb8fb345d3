/** What runs in the background, for those who ask only for names, event types and shapes: nothing of it is ever carried out. */
import { createKeyring, deploymentOf } from "@tillstream/eventing";
import type { Deployment } from "@tillstream/eventing";
import { localInbox } from "./mail/index.ts";
import { modules } from "./modules.ts";
import { orderLinks } from "./order/index.ts";
import { createSimulatedGateway } from "./payment/index.ts";
import { simulatedCarrier } from "./shipping/index.ts";

const noDatabase = () => Promise.reject(new Error("a description has no database"));

export function describeDeployment(): Deployment {
  return deploymentOf(modules, {
    db: { query: noDatabase, transaction: noDatabase },
    gateway: createSimulatedGateway("http://127.0.0.1:9"),
    mailer: localInbox(createKeyring([{ id: "none", key: Buffer.alloc(32) }])),
    links: orderLinks(""),
    carrier: simulatedCarrier,
    shippingDelayMs: 0,
    snapshotEveryAccount: 1,
  });
}
