/**
 * The command at the head of everything. One Prisma transaction with one statement in it writes the order, its
 * lines, its event, its outbox row and the idempotency record; it has called nobody. After the commit it hints.
 */
import {
  appendExpressions,
  cachedAnswer,
  claimExpression,
  fingerprintOf,
  isRefusal,
  refuse,
  rememberAnswer,
  STILL_RUNNING,
  storedAnswer,
} from "@tillstream/eventing";
import type { CommandKey, FieldProblem, NewEvent, Refusal } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import type { Sql } from "@tillstream/runtime";
import { actorOf } from "@tillstream/trpc";
import type { Context } from "@tillstream/trpc";
import { priceVariants } from "../catalogue/index.ts";
import type { Money } from "../catalogue/index.ts";
import { order, orderAccessToken, ORDER_STREAM, orderStreamId } from "../order/index.ts";
import type { OrderLine } from "../order/index.ts";
import { mergeLines, SHOP_CURRENCY } from "./input.ts";
import type { PlaceOrderInput } from "./input.ts";

export interface PlacedOrder {
  readonly orderId: string;
  /** Opens the order's page without signing in. */
  readonly accessToken: string;
  readonly status: "pending";
  readonly total: Money;
}

/** The same key and input give the same answer, however often and however concurrently. */
export async function placeOrder(
  ctx: Context & { readonly idempotencyKey: string },
  input: PlaceOrderInput,
): Promise<PlacedOrder | Refusal> {
  const command = commandKey(ctx, input);
  if (input.payment.method === "account" && ctx.user === null) {
    return refuse("unauthenticated", "SIGNED_OUT", "Sign in to pay with your store credit.");
  }
  const cached = await cachedAnswer<PlacedOrder>(ctx.cache, command);
  if (cached.found) return cached.response;

  const draft = await draftOrder(ctx, input);
  if (isRefusal(draft)) return earlierAnswerOr(ctx, command, draft);
  const statement = draft.statement(command);
  const { prisma } = ctx;
  // A batch of one: an interactive transaction costs more than half of the throughput.
  const [claimed] = await prisma.$transaction([prisma.$queryRawUnsafe<unknown[]>(statement.text, ...statement.values)]);
  if (claimed.length === 0) return earlierAnswerOr(ctx, command, STILL_RUNNING);
  ctx.hintOutbox();
  void rememberAnswer(ctx.cache, command, draft.answer);
  return draft.answer;
}

function commandKey(ctx: Context & { readonly idempotencyKey: string }, input: PlaceOrderInput): CommandKey {
  return {
    scope: `checkout.placeOrder/${actorOf(ctx)}`,
    key: ctx.idempotencyKey,
    fingerprint: fingerprintOf(input),
    owner: ctx.correlationId,
  };
}

/** What was answered to this key before; `otherwise` when there was nothing. */
async function earlierAnswerOr(ctx: Context, command: CommandKey, otherwise: Refusal): Promise<PlacedOrder | Refusal> {
  const stored = await storedAnswer<PlacedOrder>(ctx.db, command);
  if (isRefusal(stored)) return stored;
  return stored.found ? stored.response : otherwise;
}

interface Draft {
  readonly answer: PlacedOrder;
  statement(command: CommandKey): Sql;
}

async function draftOrder(ctx: Context, input: PlaceOrderInput): Promise<Draft | Refusal> {
  const lines = await priceLines(ctx, input);
  if (isRefusal(lines)) return lines;
  const orderId = ctx.ids.next();
  const events = order.decide({ type: "create", orderId, currency: SHOP_CURRENCY, lines }, order.initialState);
  if (isRefusal(events)) return events;
  const { total } = events.reduce(order.evolve, order.initialState);
  const changed = priceChange(input, total);
  if (changed !== undefined) return changed;
  const answer: PlacedOrder = {
    orderId,
    accessToken: orderAccessToken(ctx.secret, orderId),
    status: "pending",
    total: { amount: total, currency: SHOP_CURRENCY },
  };
  return { answer, statement: (command) => writeStatement(ctx, input, { command, answer, lines, events }) };
}

/** Prices come from the server, whatever the caller believes. */
async function priceLines(ctx: Context, input: PlaceOrderInput): Promise<OrderLine[] | Refusal> {
  const wanted = mergeLines(input.lines);
  const priced = await priceVariants(
    ctx.reads,
    wanted.map(({ sku }) => sku),
  );
  const unknown = input.lines.flatMap(({ sku }, index): FieldProblem[] =>
    priced.has(sku) ? [] : [{ field: `lines.${index}.sku`, rule: "known sku", message: `There is no item ${sku}.` }],
  );
  if (unknown.length > 0)
    return refuse("invalid", "UNKNOWN_SKU", unknown.map(({ message }) => message).join(" "), { fields: unknown });
  return wanted.flatMap(({ sku, quantity }) => {
    const variant = priced.get(sku);
    return variant === undefined
      ? []
      : [{ sku, quantity, name: variant.name, image: variant.image, unitPrice: variant.price }];
  });
}

function priceChange({ expectedTotal }: PlaceOrderInput, total: number): Refusal | undefined {
  if (expectedTotal === undefined || expectedTotal.amount === total) return undefined;
  const message = `The total is now ${total} minor units, not ${expectedTotal.amount}. Look at your cart again before you pay.`;
  return refuse("conflict", "PRICE_CHANGED", message, {
    fields: [{ field: "expectedTotal.amount", rule: `= ${total}`, message }],
  });
}

interface Writes {
  readonly command: CommandKey;
  readonly answer: PlacedOrder;
  readonly lines: readonly OrderLine[];
  readonly events: readonly NewEvent[];
}

/** Returns one row when the key was free and everything is written, none when it was taken and nothing is. */
function writeStatement(ctx: Context, input: PlaceOrderInput, { command, answer, lines, events }: Writes): Sql {
  const { orderId, total } = answer;
  const claimed = sql`EXISTS (SELECT FROM claimed)`;
  const append = appendExpressions(
    {
      streamId: orderStreamId(orderId),
      streamType: ORDER_STREAM,
      expectedVersion: "new",
      events,
      metadata: { correlationId: ctx.correlationId, causationId: `command:${command.key}`, actor: actorOf(ctx) },
    },
    claimed,
  );
  return sql`
    WITH ${claimExpression(command, answer)}, placed AS (
      INSERT INTO orders (id, version, status, customer_id, email, shipping_address, payment_method, payment_token, total, currency, placed_at, updated_at)
      SELECT ${orderId}, ${events.length}::int, 'pending', ${ctx.user?.id ?? null}, ${input.email}, ${JSON.stringify(input.shippingAddress)}::jsonb,
             ${input.payment.method}, ${input.payment.method === "card" ? input.payment.token : null}, ${total.amount}::int, ${total.currency}, now(), now()
      WHERE ${claimed}
    ), lined AS (
      INSERT INTO order_lines (order_id, ordinal, sku, name, image, quantity, unit_price)
      SELECT ${orderId}, line.ordinal - 1, line.item ->> 'sku', line.item ->> 'name', line.item ->> 'image',
             (line.item ->> 'quantity')::int, (line.item ->> 'unitPrice')::int
      FROM jsonb_array_elements(${JSON.stringify(lines)}::jsonb) WITH ORDINALITY AS line(item, ordinal)
      WHERE ${claimed}
    ), ${append}
    SELECT key FROM claimed`;
}

/** The statement alone, for lines that are priced already: what the benchmark holds the command against. */
export function placeOrderStatement(
  ctx: Context & { readonly idempotencyKey: string },
  input: PlaceOrderInput,
  lines: readonly OrderLine[],
): Sql {
  const orderId = ctx.ids.next();
  const events = order.decide({ type: "create", orderId, currency: SHOP_CURRENCY, lines }, order.initialState);
  if (isRefusal(events)) throw new Error(events.message);
  const { total } = events.reduce(order.evolve, order.initialState);
  const accessToken = orderAccessToken(ctx.secret, orderId);
  const answer: PlacedOrder = {
    orderId,
    accessToken,
    status: "pending",
    total: { amount: total, currency: SHOP_CURRENCY },
  };
  return writeStatement(ctx, input, { command: commandKey(ctx, input), answer, lines, events });
}
