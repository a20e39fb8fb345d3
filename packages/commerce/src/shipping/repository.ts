/**
 * The shipment's state row, changed only together with its events.
 */
import { defineStateStored, eventIdOf, executeIn } from "@tillstream/eventing";
import type { EventMetadata } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { shipmentAggregate } from "./shipment.ts";
import type { ShipmentCommand, ShipmentState } from "./shipment.ts";

interface ShipmentRow {
  readonly orderId: string;
  readonly shipmentId: string;
  readonly version: number;
  readonly status: Exclude<ShipmentState["status"], "none">;
  readonly dueAt: Date;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly returnReason: string | null;
}

function toState(row: ShipmentRow): ShipmentState {
  const { orderId, shipmentId, status, carrier, trackingNumber, returnReason } = row;
  const label = carrier === null || trackingNumber === null ? null : { carrier, trackingNumber };
  return { orderId, shipmentId, status, label, returnReason, dueAt: row.dueAt.toISOString() };
}

async function readRow(tx: SqlExecutor, orderId: string): Promise<ShipmentRow | undefined> {
  const rows = await tx.query<ShipmentRow>(sql`
    SELECT order_id AS "orderId", shipment_id AS "shipmentId", version, status, due_at AS "dueAt", carrier,
           tracking_number AS "trackingNumber", return_reason AS "returnReason"
    FROM shipments WHERE order_id = ${orderId} FOR UPDATE`);
  return rows[0];
}

/** Holds the shipment as it is until the transaction ends. Undefined: there is none yet. */
export async function lockShipment(tx: SqlExecutor, orderId: string): Promise<ShipmentRow["status"] | undefined> {
  return (await readRow(tx, orderId))?.status;
}

export const hasLeft = (status: ShipmentRow["status"] | undefined): boolean =>
  status === "created" || status === "returned";

const shipments = defineStateStored(shipmentAggregate, {
  async load(tx, orderId) {
    const row = await readRow(tx, orderId);
    return row && { state: toState(row), version: row.version };
  },
  store(orderId, { state, version }) {
    if (state.status === "none") return undefined;
    const { shipmentId, status, dueAt, label, returnReason } = state;
    return sql`
      INSERT INTO shipments (order_id, shipment_id, version, status, due_at, carrier, tracking_number, return_reason)
      VALUES (${orderId}, ${shipmentId}, ${version}, ${status}, ${dueAt}::timestamptz, ${label?.carrier ?? null},
              ${label?.trackingNumber ?? null}, ${returnReason})
      ON CONFLICT (order_id) DO UPDATE SET version = excluded.version, status = excluded.status, carrier = excluded.carrier,
        tracking_number = excluded.tracking_number, return_reason = excluded.return_reason, updated_at = now()`;
  },
});

/** Carries out a command on the order's shipment. No event means no change. */
export async function changeShipment(
  tx: SqlExecutor,
  orderId: string,
  command: ShipmentCommand,
  metadata: EventMetadata,
): Promise<void> {
  await executeIn(tx, shipments, orderId, command, metadata);
}

export interface Shipment {
  readonly status: ShipmentRow["status"];
  readonly streamId: string;
  /** ISO 8601 in UTC. */
  readonly dueAt: string;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly returnReason: string | null;
}

/** Null for an order that was not confirmed, or not published yet. */
export async function readShipment(db: SqlExecutor, orderId: string): Promise<Shipment | null> {
  const rows = await db.query<Omit<Shipment, "dueAt" | "streamId"> & { dueAt: Date }>(sql`
    SELECT status, due_at AS "dueAt", carrier, tracking_number AS "trackingNumber", return_reason AS "returnReason"
    FROM shipments WHERE order_id = ${orderId}`);
  const row = rows[0];
  if (row === undefined) return null;
  return { ...row, dueAt: row.dueAt.toISOString(), streamId: shipmentAggregate.streamId(orderId) };
}

export interface DueShipment {
  readonly orderId: string;
  /** The event that scheduled it, and the story that it belongs to. */
  readonly eventId: string;
  readonly correlationId: string;
  readonly traceparent: string | undefined;
}

/** Scheduled shipments whose time has come and whose order nothing else has claimed, the oldest first. */
export async function dueShipments(db: SqlExecutor, limit: number): Promise<DueShipment[]> {
  const rows = await db.query<{ orderId: string; correlationId: string; traceparent: string | null }>(sql`
    SELECT due.order_id AS "orderId", scheduled.metadata ->> 'correlationId' AS "correlationId",
           scheduled.metadata ->> 'traceparent' AS traceparent
    FROM shipments due
      JOIN orders o ON o.id = due.order_id AND o.status = 'confirmed' AND o.fulfilment = 'none' AND o.attention_codes = '{}'
      JOIN events scheduled ON scheduled.stream_id = 'shipment-' || due.order_id AND scheduled.version = 1
    WHERE due.status = 'scheduled' AND due.due_at <= now()
    ORDER BY due.due_at LIMIT ${limit}`);
  return rows.map(({ traceparent, ...row }) => ({
    ...row,
    traceparent: traceparent ?? undefined,
    eventId: eventIdOf(shipmentAggregate.streamId(row.orderId), 1),
  }));
}
