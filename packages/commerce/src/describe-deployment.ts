/** What runs in the background, for those who ask only for names, event types and shapes: nothing of it is ever carried out. */
import { assemble, checksOf, createKeyring } from "@tillstream/eventing";
import type { Check, Deployment } from "@tillstream/eventing";
import { kernelSettings } from "@tillstream/eventing/settings";
import { readEnv } from "@tillstream/runtime";
import { localInbox } from "./mail/index.ts";
import { modules } from "./modules.ts";
import type { Ports } from "./modules.ts";
import { orderLinks } from "./order/index.ts";
import { countGatewayCalls, createSimulatedGateway } from "./payment/index.ts";
import { simulatedCarrier } from "./shipping/index.ts";

const noDatabase = () => Promise.reject(new Error("a description has no database"));

/** Ports to nowhere: a test replaces those that it uses. Orders ship at once. */
export function idlePorts(): Ports {
  const gateway = createSimulatedGateway("http://127.0.0.1:9");
  const keyring = createKeyring([{ id: "none", key: Buffer.alloc(32) }]);
  return {
    db: { query: noDatabase, transaction: noDatabase },
    gateway,
    uncachedGateway: gateway,
    gatewayCalls: countGatewayCalls(gateway),
    stepTimeoutMs: 1,
    reconcileIntervalMs: 1,
    keyring,
    mailer: localInbox(keyring),
    mailServer: undefined,
    links: orderLinks(""),
    carrier: simulatedCarrier,
    shippingDelayMs: 0,
    snapshotEveryAccount: 1,
    mailDays: 1,
    orderDetailsDays: 1,
    mailsConfirm: true,
    onAppended: () => undefined,
  };
}

export const describeDeployment = (): Deployment => assemble(modules, idlePorts());

/** All that is watched, by the settings of this process, which runs none of it. @param own what only it can ask */
export function describeChecks(...own: readonly Check[]): readonly Check[] {
  const { SAGA_STEP_TIMEOUT_MS: stepTimeoutMs, ALERT_THRESHOLDS: thresholds } = readEnv(kernelSettings);
  return checksOf(modules, describeDeployment().sagas, { stepTimeoutMs, thresholds, checks: own });
}
