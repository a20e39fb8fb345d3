/** Card orders against the gateway's own ledger: paid once when confirmed, not at all when cancelled. */
import { sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { capturesOf, stands } from "./gateway-ledger.ts";
import type { Capture, GatewayLedger } from "./gateway-ledger.ts";
import type { Invariant } from "./invariant.ts";
import { PARTS } from "./part-refunds.ts";

interface CardOrder {
  readonly id: string;
  readonly status: string;
  /** What the card paid: the total, less what store credit paid beside it. */
  readonly charged: number;
  /** What store credit paid. */
  readonly creditPart: number;
  readonly currency: string;
  readonly fulfilment: string;
  /** What was paid back of it in parts: by card, and as credit, which the gateway still holds. */
  readonly toCard: number;
  readonly toCredit: number;
}

const cardOrders = (db: SqlExecutor): Promise<CardOrder[]> =>
  db.query<CardOrder>(sql`
    WITH ${PARTS}
    SELECT id, status, total - credit_part AS charged, credit_part AS "creditPart", currency, fulfilment, coalesce(to_card, 0) AS "toCard", coalesce(to_credit, 0) AS "toCredit"
    FROM orders LEFT JOIN part_sum ON order_id = id WHERE payment_method = 'card'`);

async function standingByOrder(gateway: GatewayLedger): Promise<Map<string, Capture[]>> {
  return Map.groupBy(capturesOf(await gateway.entries()).filter(stands), ({ orderId }) => orderId);
}

const money = ({ amount, refunded, currency }: Capture) => `${amount - refunded} ${currency}`;

const confirmedAreCharged: Invariant = {
  name: "confirmed-cards-charged",
  explanation:
    "for each confirmed or shipped card order the gateway holds its total, less what store credit paid and what was refunded in parts, to the cent",
  needsGateway: true,
  async check(db, gateway) {
    const standing = await standingByOrder(gateway);
    // While the shopper's cancellation is under way the money may be on either side.
    const confirmed = (await cardOrders(db)).filter(
      ({ status, fulfilment }) => status === "shipped" || (status === "confirmed" && fulfilment !== "cancelling"),
    );
    const isPaid = ({ id, charged, currency, toCard }: CardOrder) =>
      toCard === charged
        ? !standing.has(id)
        : standing
            .get(id)
            ?.some(
              (capture) => capture.amount === charged && capture.refunded === toCard && capture.currency === currency,
            );
    const broken = confirmed
      .filter((order) => !isPaid(order))
      .map((order) => {
        const found = standing.get(order.id)?.map(money).join(" and ") ?? "nothing";
        return `${order.id}: its card pays ${order.charged} ${order.currency}, ${order.toCard} refunded in parts, the gateway holds ${found}`;
      });
    return { checked: confirmed.length, broken };
  },
};

const othersAreNotCharged: Invariant = {
  name: "cancelled-cards-not-charged",
  explanation:
    "the gateway holds no money of a cancelled order but what was given as credit instead, nor of one that does not exist",
  needsGateway: true,
  async check(db, gateway) {
    const standing = await standingByOrder(gateway);
    const orders = await db.query<{ id: string; status: string }>(sql`SELECT id, status FROM orders`);
    const statuses = new Map(orders.map(({ id, status }) => [id, status]));
    const credited = new Map(
      (await cardOrders(db)).map(({ id, toCredit, creditPart }) => [id, Math.max(0, toCredit - creditPart)]),
    );
    const broken = [...standing]
      .filter(([id]) => (statuses.get(id) ?? "cancelled") === "cancelled")
      .filter(
        ([id, captures]) =>
          captures.reduce((sum, one) => sum + one.amount - one.refunded, 0) !== (credited.get(id) ?? 0),
      )
      .map(
        ([id, captures]) =>
          `${id}: ${statuses.get(id) ?? "unknown here"}, the gateway holds ${captures.map(money).join(" and ")}`,
      );
    return { checked: standing.size, broken };
  },
};

const noneTwice: Invariant = {
  name: "no-order-charged-twice",
  explanation: "the gateway holds at most one capture of an order",
  needsGateway: true,
  async check(_db, gateway) {
    const standing = [...(await standingByOrder(gateway))];
    const broken = standing
      .filter(([, captures]) => captures.length > 1)
      .map(([id, captures]) => `${id}: ${captures.map(({ chargeId }) => chargeId).join(", ")}`);
    return { checked: standing.length, broken };
  },
};

const refundsWithinCaptures: Invariant = {
  name: "refunds-within-captures",
  explanation: "no more was given back than was taken, and nothing of a charge that there never was",
  needsGateway: true,
  async check(_db, gateway) {
    const entries = await gateway.entries();
    const captures = capturesOf(entries);
    const known = new Set(captures.map(({ chargeId }) => chargeId));
    const refunds = entries.filter(({ kind }) => kind === "refund");
    const tooMuch = captures
      .filter(({ amount, refunded }) => refunded > amount)
      .map(({ chargeId, orderId, amount, refunded }) => `${orderId}: ${refunded} of ${amount} refunded (${chargeId})`);
    const ofNothing = refunds
      .filter(({ chargeId = "" }) => !known.has(chargeId))
      .map(({ id, orderId }) => `${orderId}: refund ${id} is of no charge`);
    return { checked: refunds.length, broken: [...tooMuch, ...ofNothing] };
  },
};

export const cardPaymentInvariants = [confirmedAreCharged, othersAreNotCharged, noneTwice, refundsWithinCaptures];
