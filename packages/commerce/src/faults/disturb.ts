/**
 * The seam between faults and the kernel, which knows of none: what a deployment is made of and started with, each part as one
 * that misbehaves while its fault is on. Only a local environment puts it in place.
 */
import { defineModule } from "@tillstream/eventing";
import type { Consumer, EventBus, Module, PublishedBatch } from "@tillstream/eventing";
import type { LoopPorts, Watchdog } from "@tillstream/runtime";
import { createActiveFaults } from "./active-faults.ts";
import type { ActiveFaults } from "./active-faults.ts";
import { followFaults } from "./follow-faults.ts";
import type { DisturbingPorts } from "./ports.ts";
import { FAULT_WAIT } from "./switches.ts";
import { localTraffic } from "./traffic.ts";

const NOTHING_PUBLISHED: PublishedBatch = { owned: true, count: 0, delaysMs: [], types: [] };
/** A delay that is switched off meanwhile ends after this long. */
const DELAY_STEP_MS = 250;

type Runs = Pick<Watchdog, "run">;

export interface Undisturbed<Ports> {
  readonly modules: readonly Module<Ports>[];
  readonly bus: EventBus;
  /** Of projections and consumers. */
  readonly subscriptions: Runs;
}

export function disturb<Ports>(
  { modules, bus, subscriptions }: Undisturbed<Ports>,
  ports: DisturbingPorts,
): Undisturbed<Ports> {
  const active = createActiveFaults(ports.now);
  const faults = defineModule<Ports>({
    name: "faults",
    waits: [FAULT_WAIT],
    loops: () => [followFaults(active, ports), localTraffic(ports)],
  });
  return {
    modules: [...modules.map((module) => withFailingConsumers(module, active, ports)), faults],
    bus: {
      ...bus,
      publish: (lease, limit) =>
        active.valueOf("relayPaused") === true ? Promise.resolve(NOTHING_PUBLISHED) : bus.publish(lease, limit),
    },
    subscriptions: {
      run: (name, loop) => subscriptions.run(name, (own) => loop(withDelay(name, own, active))),
    },
  };
}

function withFailingConsumers<Ports>(
  module: Module<Ports>,
  active: ActiveFaults,
  { random }: Pick<DisturbingPorts, "random">,
): Module<Ports> {
  const failing = (consumer: Consumer): Consumer => ({
    ...consumer,
    handlers: consumer.handlers.map((handler) => ({
      ...handler,
      handle(tx, event) {
        const { consumer: name, rate = 0 } = active.valueOf("consumerErrors") ?? {};
        if (name === consumer.name && random() < rate)
          throw new Error("a fault is switched on: this consumer's events fail");
        return handler.handle(tx, event);
      },
    })),
  });
  return { ...module, consumers: (ports) => module.consumers(ports).map(failing) };
}

/** Each batch of the projection waits before it begins. */
function withDelay(name: string, own: LoopPorts, active: ActiveFaults): LoopPorts {
  const { db, scheduler, signal } = own;
  async function delay(): Promise<void> {
    for (let waitedMs = 0; !signal.aborted; waitedMs += DELAY_STEP_MS) {
      const { projection, ms = 0 } = active.valueOf("projectionDelayMs") ?? {};
      if (projection !== name || waitedMs >= ms) return;
      await scheduler.sleep(Math.min(DELAY_STEP_MS, ms - waitedMs), signal);
    }
  }
  return {
    ...own,
    db: {
      query: (...statement) => db.query(...statement),
      async transaction(work) {
        await delay();
        return db.transaction(work);
      },
    },
  };
}
