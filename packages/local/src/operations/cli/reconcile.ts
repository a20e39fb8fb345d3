/** `tillstream reconcile`: one run of the reconciliation from here, whether or not a worker is there. */
import {
  beginReconciliation,
  carryOut,
  createPaymentProvider,
  reconciliationGraceMs,
  requestedRun,
} from "@tillstream/commerce";
import { paymentSettings } from "@tillstream/commerce/settings";
import { kernelSettings } from "@tillstream/eventing/settings";
import { createLogger, readEnv, systemClock, uuidGenerator } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { asPerson, PERSON } from "./as-person.ts";
import { runningGatewayUrl } from "./gateway-url.ts";
import { print } from "./output.ts";

/** Resolves to the exit code: 1 when the run could not be finished, or left something for a person. */
export async function reconcile(db: Database, { json, reason }: { json?: boolean; reason: string }): Promise<number> {
  const settings = readEnv({ ...paymentSettings, ...kernelSettings });
  const { gateway } = createPaymentProvider({ ...settings, GATEWAY_URL: runningGatewayUrl() });
  const run = await asPerson(db, "payments.reconcile", "reconciliation", reason, {
    state: requestedRun,
    work: (tx) => beginReconciliation(tx, uuidGenerator.next(), PERSON),
  });
  const result = await carryOut(
    {
      db,
      gateway,
      clock: systemClock,
      graceMs: reconciliationGraceMs(settings.SAGA_STEP_TIMEOUT_MS),
      logger: createLogger("reconcile", "silent"),
      signal: new AbortController().signal,
    },
    run,
  );
  const { captures, found, repaired, error } = result;
  const summary = `Looked at ${captures} captures: ${found} differences, ${repaired} of them repaired.`;
  print(result, error === undefined ? summary : `${summary}\nNot finished: ${error}`, json);
  return error === undefined && found === repaired ? 0 : 1;
}
