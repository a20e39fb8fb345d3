/** What the payment gateway says happened: its own ledger, read over HTTP, once for a whole verification. */
import { z } from "zod";

const READ_TIMEOUT_MS = 30_000;

const ledger = z.object({
  entries: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(["capture", "refund"]),
      /** Of a refund: the capture it gives back. */
      chargeId: z.string().optional(),
      orderId: z.string(),
      /** Minor units. */
      amount: z.int(),
      currency: z.string(),
      at: z.string(),
    }),
  ),
});

export type LedgerEntry = z.output<typeof ledger>["entries"][number];

/** The gateway does not answer, or not as agreed. */
export class LedgerUnavailableError extends Error {
  override readonly name = "LedgerUnavailableError";
}

export interface GatewayLedger {
  /** Rejects with `LedgerUnavailableError`. */
  entries(): Promise<readonly LedgerEntry[]>;
}

export function ledgerOf(entries: readonly LedgerEntry[]): GatewayLedger {
  return { entries: () => Promise.resolve(entries) };
}

export function httpLedger(gatewayUrl: string): GatewayLedger {
  let reading: Promise<readonly LedgerEntry[]> | undefined;
  return { entries: () => (reading ??= readLedger(gatewayUrl)) };
}

async function readLedger(gatewayUrl: string): Promise<readonly LedgerEntry[]> {
  try {
    const response = await fetch(new URL("/ledger", gatewayUrl), { signal: AbortSignal.timeout(READ_TIMEOUT_MS) });
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    return ledger.parse(await response.json()).entries;
  } catch (error) {
    const { message, cause } = error as Error & { cause?: { code?: string } };
    throw new LedgerUnavailableError(`The gateway at ${gatewayUrl} cannot be read: ${cause?.code ?? message}`, {
      cause: error,
    });
  }
}

/** A capture and what became of it. */
export interface Capture {
  readonly chargeId: string;
  readonly orderId: string;
  readonly amount: number;
  readonly currency: string;
  readonly refunded: number;
}

/** Money that was taken and not given back in full. */
export const stands = (capture: Capture): boolean => capture.refunded < capture.amount;

export function capturesOf(entries: readonly LedgerEntry[]): Capture[] {
  const refunded = new Map<string, number>();
  for (const { kind, chargeId = "", amount } of entries) {
    if (kind === "refund") refunded.set(chargeId, (refunded.get(chargeId) ?? 0) + amount);
  }
  return entries
    .filter(({ kind }) => kind === "capture")
    .map(({ id, orderId, amount, currency }) => ({
      chargeId: id,
      orderId,
      amount,
      currency,
      refunded: refunded.get(id) ?? 0,
    }));
}
