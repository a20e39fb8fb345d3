/**
 * Corrects where an order goes, until its parcel has the label. Decided under the locks of the order and of its shipment,
 * against shipping, which looks at the address once more before it takes a label. A dead letter that waits because of the
 * address is tried again.
 */
import { metadataOf, refuse } from "@tillstream/eventing";
import type { CommandContext, FieldProblem } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { isDeepStrictEqual } from "node:util";
import { formatTime } from "../catalogue/index.ts";
import {
  addressDetails,
  changeOrder,
  correlationOf,
  liftAttention,
  loadDestination,
  lockOrder,
  orderStreamId,
  orderVersion,
  readOrderState,
  SHIPPING_FAILED,
  ShippingAddressCorrected,
  storeAddress,
  withoutCustomersOf,
  withoutWords,
} from "../order/index.ts";
import type { Destination, ShippingAddress } from "../order/index.ts";
import { hasLeft, lockShipment } from "../shipping/index.ts";

export interface Correction {
  readonly orderId: string;
  readonly shippingAddress: Readonly<Record<string, string | undefined>>;
  readonly reason: string;
  /** The `addressVersion` that was looked at; at another one nothing is changed. */
  readonly expectedVersion?: number | undefined;
}

/** Within the transaction of `context.db`. The address that it has already is no change. */
export async function correctAddress(
  context: Omit<CommandContext, "db"> & { readonly db: SqlExecutor },
  { orderId, shippingAddress, reason, expectedVersion }: Correction,
): Promise<{ readonly orderId: string; readonly version: number }> {
  const { db } = context;
  const correlationId = await correlationOf(db, orderId);
  if (correlationId === undefined) throw refuse("notFound", "ORDER_NOT_FOUND", `Order ${orderId} does not exist.`);
  const metadata = metadataOf(context, correlationId);
  await lockOrder(db, orderId);
  const nothingHasLeft = !hasLeft(await lockShipment(db, orderId));
  const now = await loadDestination(db, orderId);
  const address = withoutGaps(shippingAddress);
  if (!isDeepStrictEqual(address, now.address)) {
    const isOvertaken = expectedVersion !== undefined && expectedVersion !== now.addressVersion;
    const overtaken = isOvertaken ? await correctedMeanwhile(db, orderId, now, address) : undefined;
    await changeOrder(db, orderId, { type: "correctAddress", nothingHasLeft }, metadata); // what cannot be corrected is refused for that
    if (overtaken !== undefined) throw overtaken;
    await storeAddress(db, orderId, address);
    await liftAttention(db, orderId, { codes: [SHIPPING_FAILED], note: reason }, metadata);
  }
  return { orderId, version: await orderVersion(db, orderId) };
}

/** What the audit keeps: that it was corrected and in which parts, and nothing of where the person lives. */
export async function correctionState(db: SqlExecutor, { orderId, shippingAddress }: Correction): Promise<unknown> {
  const order = await readOrderState(db, orderId);
  if (order === undefined) return undefined;
  const { address, addressVersion } = await loadDestination(db, orderId);
  return { ...order, addressVersion, toCorrect: partsThatDiffer(address, withoutGaps(shippingAddress)) };
}

/** The reason without the person, whom the address of before names, or the new one. */
export async function withoutRecipient(db: SqlExecutor, input: Correction): Promise<string> {
  const said = await withoutCustomersOf(db, [input.orderId], input.reason);
  return withoutWords(said, addressDetails(input.shippingAddress));
}

function withoutGaps(address: Correction["shippingAddress"]): ShippingAddress {
  return Object.fromEntries(
    Object.entries(address).flatMap(([part, text]) => (text === undefined || text === "" ? [] : [[part, text]])),
  );
}

const partsThatDiffer = (one: ShippingAddress, other: ShippingAddress): readonly string[] =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((part) => one[part] !== other[part]).toSorted();

async function correctedMeanwhile(db: SqlExecutor, orderId: string, now: Destination, mine: ShippingAddress) {
  const [edit] = await db.query<{ at: Date; who: string | null }>(sql`
    SELECT recorded_at AS at,
           coalesce((SELECT name FROM auth_users WHERE id = substring(metadata ->> 'actor' FROM '^user:(.*)$')), nullif(metadata ->> 'actor', 'guest')) AS who
    FROM events WHERE stream_id = ${orderStreamId(orderId)} AND type = ${ShippingAddressCorrected.type}
    ORDER BY version DESC LIMIT 1`);
  const fields: FieldProblem[] = partsThatDiffer(now.address, mine).map((part) => ({
    field: `shippingAddress.${part}`,
    rule: "as they have it",
    message: now.address[part] ?? "",
  }));
  const when = edit === undefined ? "" : ` at ${formatTime(edit.at)}`;
  const message = `${edit?.who ?? "The customer"} corrected this address${when}, so nothing of yours was saved. Look at both before you go on.`;
  return refuse("conflict", "ADDRESS_CHANGED", message, { fields });
}
