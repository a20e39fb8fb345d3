/**
 * The command at the head of everything. One Prisma transaction with one statement in it writes the order, its
 * lines, its event, its outbox row and the idempotency record, and closes the cart that it was made from; it has called
 * nobody. After the commit it hints.
 *
 * One intention is one order, and the database says so: an order names the cart and the version that it closed, and no two
 * name the same. Whoever asks again, from whichever tab, signed in or not, however late, gets the answer of that order.
 */
import {
  cachedAnswer,
  fingerprintOf,
  isBeingClaimed,
  isLockTimeout,
  isRefusal,
  refuse,
  rememberAnswer,
  STILL_RUNNING,
  storedAnswer,
  violatedConstraint,
} from "@tillstream/eventing";
import type { CommandKey, Refusal } from "@tillstream/eventing";
import type { Sql } from "@tillstream/runtime";
import { refusalToSpeakFor } from "@tillstream/trpc";
import type { Context } from "@tillstream/trpc";
import { holderOf, SHOP_CURRENCY } from "../cart/index.ts";
import type { Money } from "../catalogue/index.ts";
import { order, referTo } from "../order/index.ts";
import type { OrderLine, OrderReference } from "../order/index.ts";
import type { PlaceOrderInput } from "./input.ts";
import { refusalToHurry } from "./pace.ts";
import { earlierOrderOf, findSource } from "./source.ts";
import type { EarlierOrder, OrderSource } from "./source.ts";
import { writeStatement } from "./write-statement.ts";

/** What is kept under the key: the link is made for each answer, since it expires. */
interface KeptAnswer {
  readonly orderId: string;
  readonly status: "pending";
  readonly total: Money;
  /** Whose order it is; null for a guest's. */
  readonly customerId: string | null;
}

export type PlacedOrder = Omit<KeptAnswer, "customerId"> & OrderReference;

/**
 * The version is an order already, or the cart is not open at it any more; or, in some millionths of a chance, another
 * order has this one's number: the next try has another id.
 */
const LOST_RACES = ["orders_cart_id_cart_version_key", "orders_cart", "orders_number_key"];
/** Each lost race means that somebody else's change of the same cart succeeded. */
const ATTEMPTS_MAX = 4;

type PlaceOrderContext = Context & { readonly idempotencyKey: string };

/** The same cart gives the same answer, and so do the same key and input, however often and however concurrently. */
export async function placeOrder(ctx: PlaceOrderContext, input: PlaceOrderInput): Promise<PlacedOrder | Refusal> {
  const answer = await placeOnce(ctx, input);
  if (isRefusal(answer)) return answer;
  const { customerId, ...told } = answer;
  return refusalToTell(ctx, input, customerId) ?? { ...told, ...referTo(ctx, answer.orderId) };
}

/** An account's order is told to its owner, and to whoever holds the cart that it was made from; a guest's to whoever repeats it. */
function refusalToTell(ctx: Context, { cartId }: PlaceOrderInput, customerId: string | null): Refusal | undefined {
  if (customerId === null || (cartId !== undefined && holderOf(ctx).tokenCartId === cartId)) return undefined;
  return refusalToSpeakFor(ctx, customerId);
}

async function placeOnce(ctx: PlaceOrderContext, input: PlaceOrderInput): Promise<KeptAnswer | Refusal> {
  const command = commandKey(ctx, input);
  const cached = await cachedAnswer<KeptAnswer>(ctx.cache, command);
  if (cached.found) return cached.response;
  for (let attempt = 1; ; attempt += 1) {
    const answer = await tryToPlace(ctx, input, command);
    if (!(answer instanceof LostRace)) return isRefusal(answer) ? earlierAnswerOr(ctx, command, answer) : answer;
    if (attempt === ATTEMPTS_MAX) throw answer.cause;
  }
}

/** A constraint kept the order out, and nothing is written: the cart was ordered or changed meanwhile. */
class LostRace {
  readonly cause: unknown;

  constructor(cause: unknown) {
    this.cause = cause;
  }
}

/** Whose key it is does not count: a shopper who signs in between two tries has one intention. */
function commandKey(ctx: PlaceOrderContext, input: PlaceOrderInput): CommandKey {
  const { as: _as, ...ordered } = input;
  return {
    scope: "checkout.placeOrder",
    key: ctx.idempotencyKey,
    fingerprint: fingerprintOf(ordered),
    owner: ctx.correlationId,
  };
}

async function tryToPlace(
  ctx: PlaceOrderContext,
  input: PlaceOrderInput,
  command: CommandKey,
): Promise<KeptAnswer | Refusal | LostRace> {
  const found = await findSource(ctx, command, input);
  if (isRefusal(found)) return found;
  if ("earlier" in found) return answerOf(found.earlier);
  const refusal = refusalToSpeakFor(ctx, input.as ?? ctx.as) ?? refusalToPay(ctx, input);
  if (refusal !== undefined) return refusal;
  const tooOften = await refusalToHurry(ctx);
  if (tooOften !== undefined) return tooOften;
  const draft = draftOrder(ctx, input, found.source);
  if (isRefusal(draft)) return draft;
  const { statement, answer } = draft;
  const written = await write(ctx, command, statement(command));
  if (written !== "written") {
    const earlier = await earlierOrderOf(ctx, found.source);
    if (earlier !== undefined) return answerOf(earlier);
    return written === "keyTaken" ? STILL_RUNNING : written;
  }
  ctx.hintOutbox();
  void rememberAnswer(ctx.cache, command, answer);
  return answer;
}

function answerOf({ orderId, total, currency, customerId }: EarlierOrder): KeptAnswer {
  return { orderId, status: "pending", total: { amount: total, currency }, customerId };
}

/** What was answered to this key before; `otherwise` when there was nothing. */
async function earlierAnswerOr(ctx: Context, command: CommandKey, otherwise: Refusal): Promise<KeptAnswer | Refusal> {
  const stored = await storedAnswer<KeptAnswer>(ctx.db, command);
  if (isRefusal(stored)) return stored;
  return stored.found ? stored.response : otherwise;
}

function refusalToPay({ user }: Context, { payment }: PlaceOrderInput): Refusal | undefined {
  if (payment.method === "card" || user !== null) return undefined;
  return refuse("unauthenticated", "SIGNED_OUT", "Sign in to pay with your store credit; what you typed is kept.");
}

interface Draft {
  readonly answer: KeptAnswer;
  statement(command: CommandKey): Sql;
}

function draftOrder(ctx: Context, input: PlaceOrderInput, source: OrderSource): Draft | Refusal {
  const orderId = ctx.ids.next();
  const create = { type: "create", orderId, currency: SHOP_CURRENCY, lines: source.lines } as const;
  const events = order.decide(create, order.initialState);
  if (isRefusal(events)) return events;
  const { total } = events.reduce(order.evolve, order.initialState);
  const changed = priceChange(input, total);
  if (changed !== undefined) return changed;
  const answer = answerOf({ orderId, total, currency: SHOP_CURRENCY, customerId: ctx.user?.id ?? null });
  return { answer, statement: (command) => writeStatement(ctx, input, { command, answer, source, events }) };
}

function priceChange({ expectedTotal }: PlaceOrderInput, total: number): Refusal | undefined {
  if (expectedTotal === undefined || expectedTotal.amount === total) return undefined;
  const message = `The total is now ${total} minor units, not ${expectedTotal.amount}. Look at your cart again before you pay.`;
  return refuse("conflict", "PRICE_CHANGED", message, {
    fields: [{ field: "expectedTotal.amount", rule: `= ${total}`, message }],
  });
}

async function write(
  { prisma, db }: Context,
  command: CommandKey,
  { text, values }: Sql,
): Promise<"written" | "keyTaken" | LostRace> {
  try {
    // A batch of one: an interactive transaction costs more than half of the throughput.
    const [claimed] = await prisma.$transaction([prisma.$queryRawUnsafe<unknown[]>(text, ...values)]);
    return claimed.length === 0 ? "keyTaken" : "written";
  } catch (error) {
    if (LOST_RACES.includes(violatedConstraint(error) ?? "")) return new LostRace(error);
    if (isLockTimeout(error) && (await isBeingClaimed(db, command))) return "keyTaken";
    throw error;
  }
}

/** The statement alone, for lines that are priced already: what the benchmark holds the command against. */
export function placeOrderStatement(ctx: PlaceOrderContext, input: PlaceOrderInput, lines: readonly OrderLine[]): Sql {
  const command = commandKey(ctx, input);
  const draft = draftOrder(ctx, input, { cartId: `lines-${command.key}`, cartVersion: 1, isCart: false, lines });
  if (isRefusal(draft)) throw new Error(draft.message);
  return draft.statement(command);
}
