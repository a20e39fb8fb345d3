/**
 * Forgetting a customer. At once: everything that is kept of them, the keys of what was sealed for them, and a tombstone event.
 * History, figures and balances stay, since nothing of a person is in them.
 *
 * Two things come later, by `finishErasures`: orders under way, whose address the carrier needs until they are over; and what
 * was being written while the erasure looked, such as an order of a session that was open.
 */
import { appendEvents, destroyKeys, metadataOf, refuse } from "@tillstream/eventing";
import type { CommandContext, DataSubject, PersonalData } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { Database, Sql, SqlExecutor } from "@tillstream/runtime";
import { ORDER_IS_OVER } from "../order/index.ts";
import { CustomerErased } from "./events.ts";
import { subjectOf } from "./subject.ts";

export const CUSTOMER_STREAM = "customer";
/** Far longer than any statement takes: what is being written now is there to be seen by then. */
const SETTLED_SECONDS = 120;
const FINISHED_AT_ONCE = 1_000;

export const NO_CUSTOMER = refuse(
  "notFound",
  "CUSTOMER_NOT_FOUND",
  "This customer does not exist, or has been erased.",
);
const STAFF = refuse(
  "conflict",
  "STAFF_LOGIN",
  "This customer has a login to the console as well. Take it away first: npm run tillstream -- staff <address> --role shopper.",
);

/** Rows that were touched, by what they were. */
export type Touched = Readonly<Record<string, number>>;

export interface Erasure {
  readonly requestedAt: string;
  /** Since then nothing is kept of them; null while orders are under way, and for two minutes. */
  readonly finishedAt: string | null;
  readonly erased: Touched;
  /** Orders that are under way. */
  readonly waitingFor: number;
}

/** Within the transaction of `context.db`. */
export async function eraseCustomer(
  context: Omit<CommandContext, "db"> & { readonly db: SqlExecutor },
  customerId: string,
  personalData: readonly PersonalData[],
): Promise<Erasure> {
  const { db } = context;
  // Of two that come at once, the second finds nobody any more.
  await db.query(sql`SELECT FROM customers WHERE id = ${customerId} FOR UPDATE`);
  // Staff who never bought anything are no customers, and are told why all the same.
  const staff = await db.query(sql`SELECT FROM auth_users WHERE id = ${customerId} AND role <> 'shopper'`);
  if (staff.length > 0) throw STAFF;
  const subject = await subjectOf(db, customerId);
  if (subject === undefined) throw NO_CUSTOMER;
  const erased = await eraseAll(db, subject, personalData);
  await db.query(sql`
    INSERT INTO erasures (customer_id, address_digest, erased)
    VALUES (${customerId}, ${subject.ownsAddress ? digestOf(sql`${subject.email}`) : null}, ${JSON.stringify(erased)}::jsonb)`);
  await forgetKeys(db, subject);
  await appendEvents(db, {
    streamId: `${CUSTOMER_STREAM}-${customerId}`,
    streamType: CUSTOMER_STREAM,
    expectedVersion: "new",
    events: [CustomerErased.create({ customerId })],
    metadata: metadataOf(context),
  });
  const erasure = await readErasure(db, customerId);
  if (erasure === undefined) throw NO_CUSTOMER;
  return erasure;
}

async function eraseAll(
  tx: SqlExecutor,
  subject: DataSubject,
  personalData: readonly PersonalData[],
): Promise<Touched> {
  const touched: Record<string, number> = {};
  for (const { name, erase } of personalData) touched[name] = await erase(tx, subject);
  return touched;
}

/** The keys of what is over. An order that is under way has mails to come. */
async function forgetKeys(tx: SqlExecutor, { id, aggregateIds }: DataSubject): Promise<void> {
  const open = await tx.query<{ id: string }>(sql`SELECT id FROM orders WHERE erasure = ${id}`);
  const waiting = new Set(open.map((order) => order.id));
  const over = aggregateIds.filter((orderId) => !waiting.has(orderId));
  await destroyKeys(tx, waiting.size === 0 ? [id, ...over] : over);
}

/** @param address in lower case */
const digestOf = (address: Sql): Sql => sql`encode(sha256(convert_to(${address}, 'UTF8')), 'hex')`;

/** The state of the erasure; undefined when none was requested. */
export async function readErasure(db: SqlExecutor, customerId: string): Promise<Erasure | undefined> {
  const [row] = await db.query<{ requestedAt: Date; finishedAt: Date | null; erased: Touched; waitingFor: number }>(sql`
    SELECT requested_at AS "requestedAt", finished_at AS "finishedAt", erased,
           (SELECT count(*)::int FROM orders WHERE erasure = ${customerId}) AS "waitingFor"
    FROM erasures WHERE customer_id = ${customerId}`);
  return (
    row && {
      ...row,
      requestedAt: row.requestedAt.toISOString(),
      finishedAt: row.finishedAt?.toISOString() ?? null,
    }
  );
}

/**
 * Looks again at each erasure that has something to do: it is new, or one of its orders is over, or all are. Those whose orders are
 * held for long do not delay others. Resolves to how many are finished now.
 */
export async function finishErasures(
  db: Database,
  personalData: readonly PersonalData[],
  atOnce = FINISHED_AT_ONCE,
): Promise<number> {
  const open = await db.query<{ customerId: string }>(sql`
    SELECT customer_id AS "customerId" FROM erasures
    WHERE finished_at IS NULL AND (
      requested_at > now() - 2 * ${SETTLED_SECONDS} * interval '1 second'
      OR NOT EXISTS (SELECT FROM orders WHERE erasure = erasures.customer_id AND NOT ${ORDER_IS_OVER}))
    UNION SELECT erasure FROM orders WHERE erasure IS NOT NULL AND ${ORDER_IS_OVER}
    LIMIT ${atOnce}`);
  let finished = 0;
  for (const { customerId } of open)
    if (await db.transaction((tx) => finishErasure(tx, customerId, personalData))) finished += 1;
  return finished;
}

async function finishErasure(tx: SqlExecutor, id: string, personalData: readonly PersonalData[]): Promise<boolean> {
  const [erasure] = await tx.query<{ settled: boolean; erased: Touched }>(sql`
    SELECT erased, requested_at < now() - ${SETTLED_SECONDS} * interval '1 second' AS settled
    FROM erasures WHERE customer_id = ${id} AND finished_at IS NULL FOR UPDATE SKIP LOCKED`);
  if (erasure === undefined) return false;
  // An order's time is that of its transaction's beginning: what was being written then began before.
  const left = await tx.query<{ orderId: string }>(sql`
    SELECT id AS "orderId" FROM orders WHERE erasure = ${id}
    UNION SELECT id FROM orders WHERE customer_id = ${id} AND email IS NOT NULL
    UNION SELECT id FROM erasures JOIN orders
      ON orders.customer_id IS NULL AND ${digestOf(sql`lower(email)`)} = address_digest
        AND placed_at BETWEEN requested_at - ${SETTLED_SECONDS} * interval '1 second' AND requested_at
      WHERE erasures.customer_id = ${id}`);
  const subject: DataSubject = { id, email: null, aggregateIds: left.map(({ orderId }) => orderId) };
  const later = await eraseAll(tx, subject, personalData);
  await forgetKeys(tx, subject);
  const erased = Object.fromEntries(
    Object.entries(later).map(([name, rows]) => [name, (erasure.erased[name] ?? 0) + rows]),
  );
  await tx.query(sql`
    UPDATE erasures SET erased = ${JSON.stringify(erased)}::jsonb
    WHERE customer_id = ${id} AND erased <> ${JSON.stringify(erased)}::jsonb`);
  const done = await tx.query(sql`
    UPDATE erasures SET finished_at = now(), address_digest = NULL
    WHERE customer_id = ${id} AND ${erasure.settled} AND NOT EXISTS (SELECT FROM orders WHERE erasure = ${id}) RETURNING customer_id`);
  return done.length > 0;
}
