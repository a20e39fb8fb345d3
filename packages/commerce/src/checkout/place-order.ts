/**
 * The command at the head of everything. One Prisma transaction with one statement in it writes the order, its
 * lines, its event, its outbox row and the idempotency record, and closes the cart that it was made from; no other
 * service has been called by then. After the commit it hints.
 *
 * One intention is one order, and the database says so: an order names the cart and the version that it closed, and no two
 * name the same. A caller who asks again, from whichever tab, signed in or not, however late, gets the answer of that order.
 */
import {
  cachedAnswer,
  fingerprintOf,
  isBeingClaimed,
  isLockTimeout,
  Refusal,
  refuse,
  rememberAnswer,
  STILL_RUNNING,
  storedAnswer,
  violatedConstraint,
} from "@tillstream/eventing";
import type { CommandKey } from "@tillstream/eventing";
import type { Sql } from "@tillstream/runtime";
import { holderOf } from "../cart/index.ts";
import { availableCredit } from "../account/index.ts";
import { formatMoney, SHOP_CURRENCY } from "../catalogue/index.ts";
import type { Money } from "../catalogue/index.ts";
import { order, referTo } from "../order/index.ts";
import { agreeTerms, DISCOUNT_RACES } from "../pricing/index.ts";
import type { AgreedTerms } from "../pricing/index.ts";
import type { OrderReference } from "../order/index.ts";
import type { PlaceOrderContext } from "./context.ts";
import { creditPartOf } from "./input.ts";
import type { PlaceOrderInput } from "./input.ts";
import { assertUnhurried } from "./pace.ts";
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
 * The version is an order already, or the cart is not open at it any more; another order got hold of the discount; or, in some
 * millionths of a chance, another order has this one's number: the next try has another id.
 */
const LOST_RACES = ["orders_cart_id_cart_version_key", "orders_cart", "orders_number_key", ...DISCOUNT_RACES];
/** Each lost race means that another change of the same cart succeeded. */
const ATTEMPTS_MAX = 4;

/** The same cart gives the same answer, and so do the same key and input, however often and however concurrently. */
export async function placeOrder(ctx: PlaceOrderContext, input: PlaceOrderInput): Promise<PlacedOrder> {
  const { customerId, ...told } = await placeOnce(ctx, input);
  assertMayBeTold(ctx, input, customerId);
  return { ...told, ...referTo(ctx, told.orderId) };
}

/** An account's order is told to its owner, and to the holder of the cart that it was made from; a guest's to any caller who repeats it. */
function assertMayBeTold(ctx: PlaceOrderContext, { cartId }: PlaceOrderInput, customerId: string | null): void {
  const holdsCart = cartId !== undefined && holderOf(ctx).tokenCartId === cartId;
  if (customerId !== null && !holdsCart) ctx.assertSpeaksFor(customerId);
}

async function placeOnce(ctx: PlaceOrderContext, input: PlaceOrderInput): Promise<KeptAnswer> {
  const command = commandKey(ctx, input);
  const cached = await cachedAnswer<KeptAnswer>(ctx.cache, command);
  if (cached.found) return cached.response;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await tryToPlace(ctx, input, command);
    } catch (error) {
      if (error instanceof Refusal) return earlierAnswerOr(ctx, command, error);
      if (!isLostRace(error) || attempt === ATTEMPTS_MAX) throw error;
    }
  }
}

/** A constraint kept the order out, and nothing is written: the cart was ordered or changed meanwhile. */
const isLostRace = (error: unknown): boolean => LOST_RACES.includes(violatedConstraint(error) ?? "");

/** Whose key it is does not count: a shopper who signs in between two tries has one intention. */
function commandKey(ctx: PlaceOrderContext, input: PlaceOrderInput): CommandKey {
  const { as: _as, ...ordered } = input;
  return {
    scope: "checkout.placeOrder",
    key: ctx.key,
    fingerprint: fingerprintOf(ordered),
    owner: ctx.correlationId,
  };
}

async function tryToPlace(ctx: PlaceOrderContext, input: PlaceOrderInput, command: CommandKey): Promise<KeptAnswer> {
  const found = await findSource(ctx, command, input);
  if ("earlier" in found) return answerOf(found.earlier);
  ctx.assertSpeaksFor(input.as ?? ctx.as);
  await assertMayPay(ctx, input);
  await assertUnhurried(ctx);
  const terms = await agreeTerms(
    { ...ctx, email: input.email },
    found.source.lines,
    { ...input, country: input.shippingAddress.country },
    SHOP_CURRENCY,
  );
  const { statement, answer } = draftOrder(ctx, input, found.source, terms);
  try {
    await write(ctx, command, statement(command));
  } catch (error) {
    const hasLost = error === STILL_RUNNING || isLostRace(error);
    const earlier = hasLost ? await earlierOrderOf(ctx, found.source) : undefined;
    if (earlier === undefined) throw error;
    return answerOf(earlier);
  }
  ctx.hintOutbox();
  void rememberAnswer(ctx.cache, command, answer);
  return answer;
}

function answerOf({ orderId, total, currency, customerId }: EarlierOrder): KeptAnswer {
  return { orderId, status: "pending", total: { amount: total, currency }, customerId };
}

/** What was answered to this key before; refused when there was nothing. */
async function earlierAnswerOr(ctx: PlaceOrderContext, command: CommandKey, refusal: Refusal): Promise<KeptAnswer> {
  const stored = await storedAnswer<KeptAnswer>(ctx.db, command);
  if (!stored.found) throw refusal;
  return stored.response;
}

/** Of credit that is to pay a part, what is not there is told at once. What goes before the checkout gets to it, that finds. */
async function assertMayPay({ user, db }: PlaceOrderContext, input: PlaceOrderInput): Promise<void> {
  const { payment } = input;
  const part = creditPartOf(input);
  if (payment.method === "card" && part === 0) return;
  if (user === null)
    throw refuse("unauthenticated", "SIGNED_OUT", "Sign in to pay with your store credit; what you typed is kept.");
  if (part === 0) return;
  const available = await availableCredit(db, user.id);
  if (part <= available) return;
  const message =
    available <= 0
      ? "You have no store credit left. Pay all of it by card."
      : `Only ${formatMoney(available, SHOP_CURRENCY)} of your store credit is available. Use less of it, or pay all of it by card.`;
  throw refuse("conflict", "INSUFFICIENT_FUNDS", message, {
    fields: [{ field: "payment.credit.amount", rule: `<= ${Math.max(0, available)}`, message }],
  });
}

interface Draft {
  readonly answer: KeptAnswer;
  statement(command: CommandKey): Sql;
}

function draftOrder(ctx: PlaceOrderContext, input: PlaceOrderInput, source: OrderSource, terms: AgreedTerms): Draft {
  const orderId = ctx.ids.next();
  const { lines } = source;
  const creditPart = creditPartOf(input);
  const create = { type: "create", orderId, currency: SHOP_CURRENCY, lines, terms, creditPart } as const;
  const events = order.decide(create, order.initialState);
  const { total } = events.reduce(order.evolve, order.initialState);
  assertTotal(input, total);
  const answer = answerOf({ orderId, total, currency: SHOP_CURRENCY, customerId: ctx.user?.id ?? null });
  const price = events.find((event) => event.type === "OrderCreated")?.data.price ?? null;
  const { discount } = terms;
  return {
    answer,
    statement: (command) => writeStatement(ctx, input, { command, answer, source, discount, price, events }),
  };
}

function assertTotal({ expectedTotal }: PlaceOrderInput, total: number): void {
  if (expectedTotal === undefined || expectedTotal.amount === total) return;
  const message = `The total is now ${formatMoney(total, SHOP_CURRENCY)}, not ${formatMoney(expectedTotal.amount, SHOP_CURRENCY)}. Look at your cart again before you pay.`;
  throw refuse("conflict", "PRICE_CHANGED", message, {
    fields: [{ field: "expectedTotal.amount", rule: `= ${total}`, message }],
  });
}

async function write({ db }: PlaceOrderContext, command: CommandKey, statement: Sql): Promise<void> {
  const claimed = await db.transactOne(statement).catch(async (error: unknown) => {
    throw isLockTimeout(error) && (await isBeingClaimed(db, command)) ? STILL_RUNNING : error;
  });
  if (claimed.length === 0) throw STILL_RUNNING;
}
