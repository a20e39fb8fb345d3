/** The operator's lists as files: the filters of each, and the columns of its CSV. */
import { listFile, onOrOff, wholeList } from "./exported.ts";
import type { ListFile } from "./exported.ts";

const timed = { from: "from", to: "to", sort: "order" } as const;

const subscription = {
  Name: ({ name }: Subscription) => name,
  Status: ({ status }: Subscription) => status,
  "Lag (s)": ({ lagSeconds }: Subscription) => lagSeconds,
  "Events behind": ({ eventsBehind }: Subscription) => eventsBehind,
  Position: ({ position }: Subscription) => position,
  "Heartbeat (s ago)": ({ heartbeatAgeSeconds }: Subscription) => heartbeatAgeSeconds,
  "Last change (UTC)": ({ updatedAt }: Subscription) => updatedAt,
  "Why paused": ({ paused }: Subscription) => paused?.reason,
  "Paused by": ({ paused }: Subscription) => paused?.actorName ?? paused?.actor,
};

interface Subscription {
  readonly name: string;
  readonly status: string;
  readonly lagSeconds: number;
  readonly eventsBehind: number;
  readonly position: number;
  readonly heartbeatAgeSeconds: number;
  readonly updatedAt: string;
  readonly paused: { readonly reason: string; readonly actor: string; readonly actorName: string | null } | null;
}

export const systemLists = {
  alerts: listFile({}, (ask, input) => ask.alerts.list(input), {
    Alert: ({ id }) => id,
    Check: ({ check }) => check,
    Subject: ({ subject }) => subject,
    Status: ({ status }) => status,
    What: ({ title }) => title,
    "Since (UTC)": ({ firedAt, pendingAt }) => firedAt ?? pendingAt,
    "Until (UTC)": ({ resolvedAt }) => resolvedAt,
    Detail: ({ detail }) => detail,
    "Follows alert": ({ causeId }) => causeId,
    "Acknowledged by": ({ acknowledged }) => acknowledged?.name ?? acknowledged?.by,
    "What they did": ({ acknowledged }) => acknowledged?.reason,
  }),

  audit: listFile(
    { actor: "actor", action: "action", subject: "subject", ...timed },
    (ask, input) => ask.audit.list(input),
    {
      "Time (UTC)": ({ at }) => at,
      Actor: ({ actor }) => actor,
      Name: ({ actorName }) => actorName,
      Action: ({ action }) => action,
      Subject: ({ subject }) => subject,
      Reason: ({ reason }) => reason,
      Before: ({ before }) => before,
      After: ({ after }) => after,
      "Correlation id": ({ correlationId }) => correlationId,
      "Subject's name": ({ subjectName }) => subjectName,
    },
  ),

  consumers: wholeList((ask) => ask.consumers.list(), subscription),

  "dead-letters": listFile(
    { consumer: "consumer", fingerprint: "fingerprint", status: "status", sort: "order" },
    (ask, input) => ask.deadLetters.list(input),
    {
      "First failed (UTC)": ({ firstFailedAt }) => firstFailedAt,
      "Last failed (UTC)": ({ lastFailedAt }) => lastFailedAt,
      "Dead letter": ({ id }) => id,
      Consumer: ({ consumer }) => consumer,
      Status: ({ status }) => status,
      Attempts: ({ attempts }) => attempts,
      Event: ({ eventId }) => eventId,
      Stream: ({ streamId }) => streamId,
      Error: ({ error }) => error,
    },
  ),

  events: listFile(
    {
      type: "type",
      stream: "streamId",
      correlation: "correlationId",
      actor: "actor",
      payload: "payload",
      ...timed,
    },
    (ask, input) => ask.events.list(Object.assign(input, { withData: true })),
    {
      Position: ({ position }) => position,
      "Time (UTC)": ({ recordedAt }) => recordedAt,
      Type: ({ type }) => type,
      "Schema version": ({ schemaVersion }) => schemaVersion,
      Stream: ({ streamId }) => streamId,
      Version: ({ version }) => version,
      Actor: ({ metadata }) => metadata.actor,
      Name: ({ actorName }) => actorName,
      "Correlation id": ({ metadata }) => metadata.correlationId,
      Payload: ({ data }) => data,
    },
  ),

  projections: wholeList((ask) => ask.projections.list(), subscription),

  sagas: listFile(
    { status: "status", stuck: onOrOff("stuck", "stuck", true), order: "subject", sort: "order" },
    (ask, input) => ask.sagas.list(input),
    {
      "Began (UTC)": ({ createdAt }) => createdAt,
      "Ended (UTC)": ({ finishedAt }) => finishedAt,
      Saga: ({ name }) => name,
      Status: ({ status }) => status,
      Subject: ({ subject }) => subject,
      Step: ({ currentStep }) => currentStep?.step,
      Failure: ({ failure }) => failure?.code,
      Run: ({ sagaId }) => sagaId,
      Number: ({ subjectName }) => subjectName,
    },
  ),

  schemas: wholeList(
    async (ask) =>
      (await ask.schemas.versionShare()).flatMap(({ type, latestVersion, versions }) =>
        versions.map((version) => ({ type, latestVersion, ...version })),
      ),
    {
      Type: ({ type }) => type,
      Version: ({ schemaVersion }) => schemaVersion,
      "Latest version": ({ latestVersion }) => latestVersion,
      Events: ({ count }) => count,
      Share: ({ share }) => share,
      "Last 24 h": ({ countLastDay }) => countLastDay,
      "Last seen (UTC)": ({ lastSeen }) => lastSeen,
      "Safe to drop": ({ drop }) => drop?.safe,
      Why: ({ drop }) => drop?.reason,
    },
  ),

  workers: wholeList((ask) => ask.workers.list(), {
    Worker: ({ id }) => id,
    State: ({ state }) => state,
    Version: ({ version }) => version,
    Runs: ({ runs }) => runs.join(", "),
    "Steps in hand": ({ steps }) => steps,
    "Started (UTC)": ({ startedAt }) => startedAt,
    "Last sign of life (UTC)": ({ heartbeatAt }) => heartbeatAt,
    "Drained by": ({ drain }) => drain?.by,
    "Why drained": ({ drain }) => drain?.reason,
  }),
} satisfies Record<string, ListFile>;
