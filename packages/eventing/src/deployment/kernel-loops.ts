/** The loops that every deployment has: relay supervision, sweeper, rebuilds, releases, retention and the like. */
import type { Loop } from "@tillstream/runtime";
import { kernelWaits, waitCuts } from "./cut-waits.ts";
import { releases } from "../delivery/release.ts";
import type { Check } from "../monitoring/check.ts";
import { monitoringLoops } from "../monitoring/monitor.ts";
import type { Monitoring } from "../monitoring/monitor.ts";
import type { Wait } from "../postgres/wait.ts";
import { rebuilds } from "../rebuild/run-rebuilds.ts";
import { relaySupervision } from "../relay/relay.ts";
import { retention } from "../retention/prune.ts";
import type { Deletion, RetentionPolicy } from "../retention/prune.ts";
import type { Saga } from "../saga/definition.ts";
import { sagaSweeper } from "../saga/sweeper.ts";
import { readModelChecks } from "../step/check-read-models.ts";
import type { Projection } from "../subscription/projection.ts";
import type { Subscription } from "../subscription/subscription.ts";
import { versionCount } from "../versions/follow-versions.ts";

/** How the kernel's own loops work. */
export interface KernelWork {
  readonly monitoring: Monitoring;
  /** Events read in one transaction of a rebuild. */
  readonly rebuildBatchSize: number;
  readonly retention: RetentionPolicy & { readonly everyMs: number };
  /** Of tables that belong to no module. */
  readonly deletions: readonly Deletion[];
  /** Called after a commit with the keys of the rows that a projection changed. */
  readonly onChanged: (projection: string, keys: readonly string[]) => void;
  /** Called after a commit that appended events: the relay has work. */
  readonly onAppended: () => void;
}

interface Parts {
  readonly projections: readonly Projection[];
  readonly subscriptions: readonly Subscription[];
  readonly sagas: readonly Saga[];
  readonly waits: readonly Wait[];
  readonly deletions: readonly Deletion[];
  readonly checks: readonly Check[];
}

export function kernelLoops(
  { projections, subscriptions, sagas, waits, deletions, checks }: Parts,
  { monitoring, rebuildBatchSize, onChanged, onAppended, ...kernel }: KernelWork,
): readonly Loop[] {
  return [
    relaySupervision,
    versionCount,
    sagaSweeper(sagas),
    waitCuts([...kernelWaits(sagas, subscriptions), ...waits]),
    rebuilds(projections, rebuildBatchSize),
    readModelChecks(projections),
    ...monitoringLoops(monitoring, checks),
    releases({ subscriptions, onChanged, onAppended }),
    retention(kernel.retention, [...kernel.deletions, ...deletions], kernel.retention.everyMs),
  ];
}
