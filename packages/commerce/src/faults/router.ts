import { Refusal, refuse } from "@tillstream/eventing";
import { environmentSettings, readEnv, systemScheduler } from "@tillstream/runtime";
import { actorOf, audited, commandContext, procedureFor, router } from "@tillstream/trpc";
import type { Context } from "@tillstream/trpc";
import { nothing } from "@tillstream/trpc/input";
import { z } from "zod";
import { placeOrder } from "../checkout/index.ts";
import { orderNumber } from "../order/index.ts";
import { faultsInput, localReason } from "./input.ts";
import { SCENARIOS, scenarioOf } from "./scenarios.ts";
import type { Scenario } from "./scenarios.ts";
import { faultsOn, setFaults } from "./switches.ts";
import type { FaultTargets } from "./switches.ts";

/** Until the worker has seen a fault, and told the gateway. */
const TAKES_MS = 2_500;

const LOCAL_ONLY = refuse("notFound", "LOCAL_ONLY", "Faults can be switched on in a local environment only.");

/** What people use has no faults but its own. */
function locally<Answer>(next: () => Answer): Answer {
  if (!readEnv(environmentSettings).TILLSTREAM_LOCAL) throw LOCAL_ONLY;
  return next();
}

export function faultsRouter(targets: FaultTargets) {
  const read = async (db: Context["db"]) => ({
    faults: (await faultsOn(db)).map(({ leftMs, ...fault }) => ({
      ...fault,
      expiresAt: fault.expiresAt.toISOString(),
    })),
    ...targets,
  });
  return router({
    /** What is on, and what can be disturbed by its name. */
    get: procedureFor("viewer")
      .input(nothing)
      .use(({ next }) => locally(next))
      .query(({ ctx }) => read(ctx.db)),

    set: procedureFor("operator")
      .input(faultsInput)
      .use(({ next }) => locally(next))
      .mutation(
        audited({
          about: ({ reason }) => ({ subject: "faults", reason }),
          state: (db) => stateOf(db),
          async work({ db, user }, input) {
            await setFaults(db, targets, input, actorOf({ user }));
            return stateOf(db);
          },
        }),
      ),

    /** Switches on what the scenario needs, and places its orders; sent again under its key, it places none twice. */
    play: procedureFor("operator")
      .input(z.strictObject({ scenario: z.enum(SCENARIOS), reason: localReason }))
      .use(({ next }) => locally(next))
      .mutation(async (call) => {
        const begun = await audited({
          about: ({ scenario, reason }: typeof call.input) => ({ subject: `scenario ${scenario}`, reason }),
          state: (db) => stateOf(db),
          async work({ db, user }: typeof call.ctx, { scenario, reason }) {
            const { faults, orders } = await scenarioOf(db, scenario);
            if (faults !== undefined) await setFaults(db, targets, { ...faults, reason }, actorOf({ user }));
            return { orders, disturbs: faults !== undefined };
          },
        })(call);
        if (begun.disturbs) await systemScheduler.sleep(TAKES_MS);
        return placeAll(call.ctx, begun);
      }),
  });
}

const stateOf = async (db: Parameters<typeof faultsOn>[0]) =>
  Object.fromEntries(
    (await faultsOn(db)).map(({ name, value, expiresAt }) => [name, { value, expiresAt: expiresAt.toISOString() }]),
  );

/** As guests who come at the same moment. */
async function placeAll(ctx: Context, { orders: wanted }: Pick<Scenario, "orders">) {
  const key = ctx.idempotencyKey ?? ctx.correlationId;
  const guest = { ...ctx, user: null, as: undefined, callerAddress: undefined };
  const placed = await Promise.all(
    wanted.map((input, index) =>
      placeOrder(
        commandContext({ ...guest, correlationId: ctx.ids.next(), idempotencyKey: `scenario-${key}-${index}` }),
        input,
      ).catch((error: unknown) => {
        if (error instanceof Refusal) return undefined;
        throw error;
      }),
    ),
  );
  const orders = placed.flatMap((order) => order?.orderId ?? []);
  return {
    orders: orders.map((orderId) => ({ orderId, number: orderNumber(orderId) })),
    /** Turned away, since nothing was left for them. */
    refused: wanted.length - orders.length,
  };
}
