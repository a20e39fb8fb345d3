/** The gateway's own account of the money. */
import { z } from "zod";

const READ_TIMEOUT_MS = 30_000;

const ledgerBody = z.object({
  entries: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(["capture", "refund"]),
      chargeId: z.string().optional(),
      orderId: z.string(),
      amount: z.int(),
      currency: z.string(),
    }),
  ),
});

export type GatewayLedger = z.output<typeof ledgerBody>["entries"];

/** Undefined when the gateway does not answer. */
export async function readLedger(gatewayUrl: string): Promise<GatewayLedger | undefined> {
  try {
    const response = await fetch(new URL("/ledger", gatewayUrl), { signal: AbortSignal.timeout(READ_TIMEOUT_MS) });
    return ledgerBody.parse(await response.json()).entries;
  } catch {
    return undefined;
  }
}
