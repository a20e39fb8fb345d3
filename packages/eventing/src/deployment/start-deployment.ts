/** Starts all that a deployment has running in the background. Each part survives a database that is away, and is restarted when it stalls. */
import { createWakeUp, repeat } from "@tillstream/runtime";
import type { LoopPorts, WakeUp, Watchdog } from "@tillstream/runtime";
import type { Deployment } from "./assemble.ts";
import { lookTogether } from "./look-together.ts";
import { createWakeUps } from "./wake-ups.ts";
import type { EventBus } from "../bus/event-bus.ts";
import { createCheckpointKeeper } from "../delivery/checkpoint-keeper.ts";
import { createLogTail } from "../delivery/log-tail.ts";
import { runSubscription } from "../delivery/runner.ts";
import type { SubscriptionOptions } from "../delivery/runner.ts";
import type { JobsPool } from "../jobs/patient-pool.ts";
import { runJobs } from "../jobs/run-jobs.ts";
import type { PublishedBatch } from "../outbox/publish-batch.ts";
import { queueRelay, RELAY_TASK, relayTurn } from "../relay/relay.ts";
import type { RelayOptions } from "../relay/relay.ts";
import { createSagaEngine } from "../saga/engine.ts";
import { refuseChangedSagas } from "../saga/refuse-changed.ts";
import type { PublishedSagas } from "../saga/shape.ts";
import { sagaStarter } from "../saga/starter.ts";
import { SAGA_TASK } from "../saga/state.ts";
import type { StepRef } from "../saga/state.ts";
import { catalogueOf } from "../subscription/subscription.ts";
import type { Subscription } from "../subscription/subscription.ts";
import type { Duty } from "../workers/duty.ts";
import { leave, presence } from "../workers/presence.ts";
import type { Present, WorkerIdentity } from "../workers/presence.ts";

/** One job of the relay is long, one slot is left for its successor. */
const RELAY_SLOTS = 2;
/** It is told of its job, and queued again where none has the lease. */
const RELAY_JOB_POLL_MS = 5_000;
/** Batches of a subscription that are kept in memory: one that is further behind reads by itself. */
const TAIL_BATCHES = 2;
/** What a step's claim and record may take beside its call. */
const STEP_RECORD_MS_MAX = 120_000;

export interface StartOptions extends LoopPorts {
  readonly bus: EventBus;
  readonly pool: JobsPool;
  /** Names this process; unique for each start of it. */
  readonly owner: string;
  readonly identity: WorkerIdentity;
  /** By which it is drained and resumed. */
  readonly duty: Duty;
  /** Notified when there is something in the outbox. */
  readonly outboxWakeUp: WakeUp;
  readonly watchdogs: { readonly subscriptions: Pick<Watchdog, "run">; readonly others: Pick<Watchdog, "run"> };
  /** The sagas as they were published: with one that has changed under its version, nothing is started. */
  readonly publishedSagas: PublishedSagas;
  readonly relayBatchSize: number;
  readonly consumerBatchSize: number;
  /** The longest that relay and subscriptions wait when every hint was lost. */
  readonly pollMs: number;
  /** Step operations run at once. */
  readonly sagaConcurrency: number;
  readonly stepTimeoutMs: number;
  readonly onPublished: (batch: PublishedBatch) => void;
  readonly onChanged: (projection: string, keys: readonly string[]) => void;
  readonly onAppended: () => void;
}

/** What `startDeployment` has started. */
export interface BackgroundWork {
  /** Resolves when everything has ended after the signal. */
  finished(): Promise<void>;
}

/**
 * Runs until the signal aborts; all but what looks on pauses while the worker is drained. Rejects with a sentence for each saga that
 * changed under its version.
 */
export async function startDeployment(deployment: Deployment, options: StartOptions): Promise<BackgroundWork> {
  const { sagas, projections, consumers, loops } = deployment;
  const { bus, db, duty, watchdogs, publishedSagas: published } = options;
  await refuseChangedSagas({ ...options, sagas, published });
  const wakeUps = createWakeUps();
  const tail = createLogTail({
    size: TAIL_BATCHES * options.consumerBatchSize,
    pollMs: options.pollMs,
    wakeUp: createWakeUp(options.scheduler),
    onEvents: wakeUps.notify,
  });
  const keeper = createCheckpointKeeper();
  const reading = (subscription: Subscription, own: LoopPorts): SubscriptionOptions => ({
    ...own,
    batchSize: options.consumerBatchSize,
    pollMs: options.pollMs,
    shared: { tail, keeper },
    wakeUp: () => wakeUps.create([...catalogueOf(subscription).definitions.keys()], own.scheduler),
    onChanged: options.onChanged,
    onAppended: options.onAppended,
  });
  const subscribe = (subscription: Subscription, run: (options: SubscriptionOptions) => Promise<void>) =>
    watchdogs.subscriptions.run(subscription.name, (ports) =>
      duty.during(ports, (own) => run(reading(subscription, own))),
    );
  const hand = createHand();
  const worker: Present = {
    id: options.owner,
    ...options.identity,
    runs: partsOf(deployment),
    duty,
    steps: hand.count,
  };
  const running = [
    // Apart from the sagas' jobs: steps that wait for an answer never keep the relay waiting.
    duty.during(options, async (own) => {
      await runRelayJobs(own, (batch) => {
        options.onPublished(batch);
        tail.take(batch.events ?? []);
      });
      tail.forget(); // what others publish while this worker is drained is not followed
      if (!options.signal.aborted) await queueRelay(db).catch(() => undefined); // else the others find the lease free
    }),
    duty.during(options, (own) => runSagaJobs(deployment, own, hand)),
    ...projections.map((one) => subscribe(one, (own) => runSubscription(one, own))),
    ...consumers.map((one) => subscribe(one, (own) => bus.run(one, own))),
    ...lookTogether([presence(worker), tail.loop, keeper.loop, ...loops], options).map((loop) =>
      watchdogs.others.run(loop.name, (ports) =>
        loop.looksOn === true ? repeat(loop, ports) : duty.during(ports, (own) => repeat(loop, own)),
      ),
    ),
  ];
  return {
    async finished() {
      await Promise.all(running);
      await leave(db, worker).catch(() => undefined); // then it is gone once it has been silent
    },
  };
}

/** What the deployment carries out, each by its kind and name. */
function partsOf({ projections, consumers, sagas }: Deployment): readonly string[] {
  const starters = new Set(sagas.map((saga) => sagaStarter(saga).name));
  return [
    "relay",
    ...projections.map(({ name }) => `projection ${name}`),
    ...consumers.filter(({ name }) => !starters.has(name)).map(({ name }) => `consumer ${name}`),
    ...sagas.map(({ name, version }) => `saga ${name} v${version}`),
  ];
}

/** Counts what is in hand. */
function createHand() {
  let held = 0;
  return {
    count: () => held,
    async with(work: () => Promise<void>): Promise<void> {
      held += 1;
      try {
        await work();
      } finally {
        held -= 1;
      }
    },
  };
}

function runRelayJobs(options: StartOptions, onPublished: RelayOptions["onPublished"]): Promise<void> {
  const relay: RelayOptions = { ...options, batchSize: options.relayBatchSize, onPublished };
  return runJobs({
    ...options,
    concurrency: RELAY_SLOTS,
    pollMs: RELAY_JOB_POLL_MS,
    tasks: { [RELAY_TASK]: () => relayTurn(relay) },
  });
}

function runSagaJobs({ sagas }: Deployment, options: StartOptions, hand: ReturnType<typeof createHand>): Promise<void> {
  const engine = createSagaEngine({ ...options, sagas });
  return runJobs({
    ...options,
    concurrency: options.sagaConcurrency,
    batched: true,
    jobMsMax: options.stepTimeoutMs + STEP_RECORD_MS_MAX,
    tasks: {
      [SAGA_TASK]: (payload) => hand.with(() => engine.runStep(payload as StepRef)), // queued by `queueSteps` only
    },
  });
}
