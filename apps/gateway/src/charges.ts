/**
 * Charges. At most one capture per idempotency key, whatever is sent how often: captures and declines
 * are stored answers, a 503 is not one. A charge goes on when its caller hangs up.
 */
import { ok, refused, RefusedError, SILENCE } from "./answers.ts";
import type { Answer } from "./answers.ts";
import { createSingleFlight, fingerprintOf, keyReused } from "./idempotency.ts";
import type { ChargeRecord } from "./ledger-record.ts";
import type { GatewayParts } from "./parts.ts";
import type { ChargeRequest } from "./requests.ts";
import { scenarioOf, underFaults } from "./tokens.ts";
import type { Scenario } from "./tokens.ts";

const FLAKY_KEYS_MAX = 10_000;

export interface Charges {
  charge(request: ChargeRequest): Promise<Answer | typeof SILENCE>;
  /** `{ charges }`: none, or the one under this key with status `captured`, `declined` or `processing`. */
  find(idempotencyKey: string): Promise<Answer>;
}

export function createCharges(parts: GatewayParts): Charges {
  const { ledger, faults, sleep, webhooks, clock, ids } = parts;
  const flights = createSingleFlight<Answer | typeof SILENCE>();
  const failuresByKey = new Map<string, number>();

  async function execute(request: ChargeRequest, ofToken: Scenario, fingerprint: string) {
    await faults.pass();
    const scenario = underFaults(ofToken, faults.current());
    const stored = ledger.chargeByKey(request.idempotencyKey);
    if (stored && stored.fingerprint !== fingerprint) return keyReused;
    if (!stored) await settle(request, scenario, fingerprint);
    if (scenario.kind === "capture" && scenario.neverAnswers) return SILENCE;
    return answerOf(stored ?? ledger.chargeByKey(request.idempotencyKey));
  }

  async function settle(request: ChargeRequest, scenario: Scenario, fingerprint: string): Promise<void> {
    if (scenario.kind === "capture") {
      failFirst(request.idempotencyKey, scenario.failuresFirst ?? 0);
      if (scenario.delayMs) await sleep(scenario.delayMs);
    }
    const { amount, currency, orderId, idempotencyKey } = request;
    const decline = scenario.kind === "decline" ? { code: scenario.code, message: scenario.message } : undefined;
    const record: ChargeRecord = {
      type: "charge",
      id: `ch_${ids.next()}`,
      orderId,
      amount,
      currency,
      idempotencyKey,
      fingerprint,
      ...(decline && { decline }),
      at: clock.now().toISOString(),
    };
    await ledger.append(record);
    const copies = scenario.kind === "capture" ? (scenario.webhookCopies ?? 1) : 1;
    webhooks.send(decline ? "charge.failed" : "charge.succeeded", viewOf(record), copies);
  }

  function failFirst(key: string, failures: number): void {
    const failed = failuresByKey.get(key) ?? 0;
    if (failed >= failures) {
      failuresByKey.delete(key);
      return;
    }
    failuresByKey.set(key, failed + 1);
    const oldest = failuresByKey.keys().next();
    if (failuresByKey.size > FLAKY_KEYS_MAX && !oldest.done) failuresByKey.delete(oldest.value);
    throw new RefusedError(503, "gateway_error", "The gateway failed; nothing was done.");
  }

  return {
    async charge(request) {
      const { amount, currency, token, orderId, idempotencyKey } = request;
      const scenario = scenarioOf(token);
      if (!scenario)
        return refused(400, "invalid_token", "This card token does not exist.", { type: "card_error", field: "token" });
      const fingerprint = fingerprintOf([amount, currency, token, orderId]);
      return flights.run(idempotencyKey, fingerprint, () => execute(request, scenario, fingerprint));
    },
    async find(idempotencyKey) {
      await faults.pass();
      const record = ledger.chargeByKey(idempotencyKey);
      if (record) return ok({ charges: [viewOf(record)] });
      return ok({ charges: flights.isRunning(idempotencyKey) ? [{ status: "processing", idempotencyKey }] : [] });
    },
  };
}

function answerOf(record: ChargeRecord | undefined): Answer {
  if (!record) throw new Error("a settled charge is missing from the ledger");
  if (!record.decline) return ok(viewOf(record));
  return refused(402, "card_declined", record.decline.message, { declineCode: record.decline.code });
}

function viewOf({ type, fingerprint, decline, ...charge }: ChargeRecord) {
  const status = decline ? "declined" : "captured";
  return { ...charge, status, ...(decline && { declineCode: decline.code, message: decline.message }) };
}
