/** Taking a parcel back: one command on the shipment. Payment, stock and order follow, each by itself. */
import { fingerprintOf, isRefusal, refuse, RefusalError, runIdempotent } from "@tillstream/eventing";
import type { Refusal } from "@tillstream/eventing";
import { systemScheduler } from "@tillstream/runtime";
import { actorOf } from "@tillstream/trpc";
import type { Context } from "@tillstream/trpc";
import { correlationOf } from "../order/index.ts";
import { changeShipment } from "./repository.ts";
import { shipmentIdOf } from "./shipment.ts";

export interface ReturnInput {
  readonly orderId: string;
  readonly reason: string;
}

export interface ReturnAnswer {
  readonly orderId: string;
  readonly shipmentId: string;
}

type CommandContext = Context & { readonly idempotencyKey: string };

export async function receiveReturn(ctx: CommandContext, input: ReturnInput): Promise<ReturnAnswer | Refusal> {
  const { orderId, reason } = input;
  const answer = await runIdempotent<ReturnAnswer>({
    db: ctx.db,
    cache: ctx.cache,
    scheduler: systemScheduler,
    command: {
      scope: `orders.receiveReturn/${actorOf(ctx)}`,
      key: ctx.idempotencyKey,
      fingerprint: fingerprintOf(input),
    },
    async work(tx) {
      const correlationId = await correlationOf(tx, orderId);
      if (correlationId === undefined) return refuse("notFound", "ORDER_NOT_FOUND", `There is no order ${orderId}.`);
      const metadata = { correlationId, causationId: `command:${ctx.idempotencyKey}`, actor: actorOf(ctx) };
      try {
        await changeShipment(tx, orderId, { type: "receiveReturn", reason }, metadata);
      } catch (error) {
        if (error instanceof RefusalError) return error.refusal; // it has written nothing
        throw error;
      }
      return { orderId, shipmentId: shipmentIdOf(orderId) };
    },
  });
  if (!isRefusal(answer)) ctx.hintOutbox();
  return answer;
}
