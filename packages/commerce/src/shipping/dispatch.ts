/**
 * The clock of shipping: what is due gets hold of its order. Found by state, so that a worker that was away ships
 * everything it missed, and decided by the order under its lock, so that a cancellation that was faster keeps it.
 */
import { Refusal } from "@tillstream/eventing";
import { AT_ONCE, inSpan, sql } from "@tillstream/runtime";
import type { Database, Loop } from "@tillstream/runtime";
import { changeOrder } from "../order/index.ts";
import { dueShipments } from "./repository.ts";

const DISPATCH_MAX = 100;
const DISPATCH_POLL_MS = 500;

/** Starts the shipping of what is due now. Returns how many orders it got hold of. */
export async function startDueShipments(db: Database): Promise<number> {
  let started = 0;
  for (const { orderId, eventId, ...story } of await dueShipments(db, DISPATCH_MAX)) {
    const metadata = { ...story, causationId: eventId, actor: "system" };
    try {
      await inSpan({ name: "shipping dispatch", story }, () =>
        db.transaction((tx) => changeOrder(tx, orderId, { type: "startShipping" }, metadata)),
      );
      started += 1;
    } catch (error) {
      // Another change was faster: a cancellation, or a question for a person. The next turn does not find it any more.
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return started;
}

/** Several may run at a time. @param onAppended called when the outbox has something new */
export const dispatch = (onAppended: () => void): Loop => ({
  name: "dispatch",
  intervalMs: DISPATCH_POLL_MS,
  due: sql`EXISTS (SELECT FROM shipments WHERE status = 'scheduled' AND due_at <= now())`,
  async turn({ db }) {
    const started = await startDueShipments(db);
    if (started > 0) onAppended();
    return started === DISPATCH_MAX ? AT_ONCE : DISPATCH_POLL_MS;
  },
});
