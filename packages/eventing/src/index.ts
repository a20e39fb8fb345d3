/**
 * The kernel, as others use it; README.md has a whole program. Every name says where it is defined what it is, and a test sees to it.
 */

// Events, deciders and refusals
export { createEventCatalogue } from "./event/catalogue.ts";
export type { EventCatalogue } from "./event/catalogue.ts";
export type { Decider } from "./event/decider.ts";
export {
  defineEvent,
  MalformedEventError,
  UnknownEventVersionError,
  UnreadableEventError,
} from "./event/definition.ts";
export type {
  AnyEventDefinition,
  DataOf,
  EventMetadata,
  EventOf,
  NewEvent,
  NewEventOf,
  RecordedEvent,
  StoredEvent,
} from "./event/definition.ts";
export { followUp } from "./event/follow-up.ts";
export { limited, Refusal, REFUSAL_KINDS, refuse } from "./event/refusal.ts";
export type { FieldProblem, RefusalKind } from "./event/refusal.ts";

// The store, and aggregates over it
export { appendEvents, appendExpressions, ConcurrencyError, eventIdOf } from "./store/append.ts";
export type { Append, ExpectedVersion } from "./store/append.ts";
export { postgresEventStore } from "./store/event-store.ts";
export type { EventStore } from "./store/event-store.ts";
export { readLog, readStream, versionAt } from "./store/read.ts";
export type { LoggedEvent } from "./store/read.ts";
export { defineAggregate, fromEvents, readEvent } from "./aggregate/aggregate.ts";
export type { Aggregate, AnyAggregate, Versioned } from "./aggregate/aggregate.ts";
export { executeIn, retryLostRaces } from "./aggregate/execute.ts";
export { loadAggregate } from "./aggregate/load.ts";
export type { Moment } from "./aggregate/load.ts";
export { writeSnapshot } from "./aggregate/snapshots.ts";
export { snapshotter } from "./aggregate/snapshotter.ts";
export { defineStateStored } from "./aggregate/state-stored.ts";

// Commands, carried out once
export { command, metadataOf } from "./idempotency/command.ts";
export type { CommandContext } from "./idempotency/command.ts";
export {
  cachedAnswer,
  claimExpression,
  fingerprintOf,
  isBeingClaimed,
  rememberAnswer,
  STILL_RUNNING,
  storedAnswer,
} from "./idempotency/idempotency.ts";
export type { CommandKey } from "./idempotency/idempotency.ts";
export { runIdempotent } from "./idempotency/run-idempotent.ts";
export { recordAudit, withAudit } from "./audit/audit.ts";
export type { AuditedWork } from "./audit/audit.ts";

// Subscriptions: projections and consumers
export { defineConsumer, on } from "./subscription/consumer.ts";
export type { Consumer, ConsumerHandler } from "./subscription/consumer.ts";
export { defineProjection } from "./subscription/projection.ts";
export type { Projection } from "./subscription/projection.ts";
export type { EventRetryPolicy } from "./subscription/retry-policy.ts";
export { catalogueOf } from "./subscription/subscription.ts";
export type { Subscription } from "./subscription/subscription.ts";
export { column, nullable, tableView } from "./subscription/table-view.ts";
export type { RowOf } from "./subscription/table-view.ts";
export { registerSubscription, setSubscriptionStatus, subscriptionStatus } from "./delivery/checkpoint.ts";
export { releaseDue } from "./delivery/release.ts";
export type { SubscriptionOptions } from "./delivery/runner.ts";
export { waitForEvent, waitForPosition, waitForProjection } from "./delivery/wait-for.ts";
export { deadLetterById, groupDeadLetters, listDeadLetters, listRetries } from "./dead-letters/queries.ts";
export type { DeadLetter } from "./dead-letters/queries.ts";
export { deadLetterState, discardDeadLetter, editAndRetry } from "./dead-letters/resolve.ts";
export { requestRetry, retryStatus, retryWithin, selectionState, stopRetry } from "./dead-letters/retries.ts";
export type { RetrySelection } from "./dead-letters/retries.ts";
export { listRebuilds, readRebuild, rebuildNext, requestRebuild } from "./rebuild/rebuild.ts";
export { rebuildSteps } from "./rebuild/rebuild-steps.ts";
export type { Rebuild } from "./rebuild/rebuild.ts";
export { compareProjection } from "./step/compare.ts";
export type { CompareScope, Comparison, PartedRow } from "./step/compare.ts";
export { readModelAt } from "./step/read-model-at.ts";
export { rebuildStream, storedRows } from "./step/rebuild-stream.ts";
export { stepProjection, STEPS_MAX } from "./step/step.ts";
export type { ProjectionStep, RowChange } from "./step/step.ts";
export type { StepScope } from "./step/select-events.ts";

// Sagas
export { defineSaga, stepOperation } from "./saga/definition.ts";
export type { Fork, Saga, SagaFailure, SagaStep, StepContext } from "./saga/definition.ts";
export { createSagaEngine } from "./saga/engine.ts";
export type { SagaEngine } from "./saga/engine.ts";
export { forkableFrom, forkRun } from "./saga/fork.ts";
export type { Forkable, ForkAt, ForkedRun } from "./saga/fork.ts";
export { countHalted, forkHalted, groupHaltedRuns, retryHalted } from "./saga/halted.ts";
export type { HaltedGroup, HaltedKind, HaltedSelection } from "./saga/halted.ts";
export { compensateRun, listSagaActions, resolveRun, retryStep, runState, UNDONE_BY_OPERATOR } from "./saga/operate.ts";
export type { OnResolved, Operator } from "./saga/operate.ts";
export { publishedChanges } from "./saga/refuse-changed.ts";
export { shapeOf } from "./saga/shape.ts";
export type { PublishedSagas } from "./saga/shape.ts";
export { RUN_STATUSES } from "./saga/run-status.ts";
export type { RunStatus } from "./saga/run-status.ts";
export { beginRun, SAGA_TASK } from "./saga/state.ts";
export type { StepRef } from "./saga/state.ts";

// Everything together, as a process runs it
export { assemble, checksOf, describeModules } from "./deployment/assemble.ts";
export type { Deployment } from "./deployment/assemble.ts";
export { cutStatement, cutWaits, kernelWaits } from "./deployment/cut-waits.ts";
export { catchUp, publishAll, workOnce } from "./deployment/drain.ts";
export { defineModule } from "./deployment/module.ts";
export type { Module } from "./deployment/module.ts";
export { startDeployment } from "./deployment/start-deployment.ts";
export type { BackgroundWork } from "./deployment/start-deployment.ts";
export { systemMap } from "./deployment/system-map.ts";
export type { MapNode, SystemMap } from "./deployment/system-map.ts";
export { createSchema, startModules } from "./deployment/start-modules.ts";
export type { RunningModules, StartModulesOptions } from "./deployment/start-modules.ts";
export { runJobs } from "./jobs/run-jobs.ts";
export { createDuty } from "./workers/duty.ts";
export type { Duty } from "./workers/duty.ts";
export type { WorkerIdentity } from "./workers/presence.ts";
export { drainWorker, listWorkers, resumeWorker, workerState } from "./workers/workers.ts";
export type { Worker } from "./workers/workers.ts";

// The outbox, the relay and the buses
export { acquireRelayLease } from "./outbox/lease.ts";
export type { RelayLease } from "./outbox/lease.ts";
export type { PublishedBatch } from "./outbox/publish-batch.ts";
export { quarantinedRows } from "./outbox/quarantined-rows.ts";
export { isRelayStalled, relaySupervision, relayTurn } from "./relay/relay.ts";
export type { RelayOptions } from "./relay/relay.ts";
export { BusUnavailableError } from "./bus/event-bus.ts";
export type { EventBus } from "./bus/event-bus.ts";
export { createAvroEventCodec } from "./bus/kafka/avro-event-codec.ts";
export type { KafkaSettings } from "./bus/kafka/cluster.ts";
export { createKafkaBus } from "./bus/kafka/kafka-bus.ts";
export type { AggregateEvents } from "./bus/kafka/topics.ts";
export { createPostgresBus } from "./bus/postgres-bus.ts";

// Looking on: lag, alerts, replay, versions, retention
export { alertRule } from "./monitoring/alert-rule.ts";
export { acknowledgeAlert, alertState, giveBackAlert, listAlerts, readAlert } from "./monitoring/alerts.ts";
export type { Alert } from "./monitoring/alerts.ts";
export { defineCheck } from "./monitoring/check.ts";
export type { Check, Checking, Reading } from "./monitoring/check.ts";
export { whereRunsStand } from "./monitoring/kernel-looks.ts";
export { lookInto } from "./incident/look-into.ts";
export type { Evidence, SafeStep } from "./incident/look-into.ts";
export { readChecks, readHealth } from "./monitoring/health.ts";
export type { CheckState } from "./monitoring/health.ts";
export { outboxStatus, subscriptionLags } from "./monitoring/lag.ts";
export type { SubscriptionKind, SubscriptionLag } from "./monitoring/lag.ts";
export { eventRates } from "./monitoring/event-rates.ts";
export { monitoringLoops } from "./monitoring/monitor.ts";
export { readPulse } from "./monitoring/pulse.ts";
export { timeInText } from "./monitoring/time-in-text.ts";
export { watchOnce } from "./monitoring/watch.ts";
export { projectionTrends } from "./monitoring/trend.ts";
export { firstStepWhere } from "./replay/expression.ts";
export { changesBetween, replayStream } from "./replay/replay.ts";
export type { ReplayStep } from "./replay/replay.ts";
export { safeToDrop } from "./versions/safe-to-drop.ts";
export { versionShares } from "./versions/version-shares.ts";
export type { VersionShare } from "./versions/version-shares.ts";
export { prune } from "./retention/prune.ts";

// Schemas for readers outside
export { avroProblems } from "./schema/avro-problems.ts";
export { avroSchemaOf, NotAvroError } from "./schema/avro-schema.ts";
export { jsonSchemaOf } from "./schema/json-schema.ts";
export type { JsonSchema } from "./schema/json-schema.ts";
export { schemaChanges } from "./schema/schema-changes.ts";
export { createAvroCodec } from "./registry/avro-codec.ts";
export { createSchemaRegistry } from "./registry/create-registry.ts";
export { createEmbeddedRegistry } from "./registry/embedded-registry.ts";
export { registryEndpoint, registryRoutes } from "./registry/rest-api.ts";
export { IncompatibleSchemaError, RegistryError } from "./registry/schema-registry.ts";
export type { SchemaRegistry } from "./registry/schema-registry.ts";
export { WireFormatError } from "./registry/wire-format.ts";

// Persons
export { createKeyring, destroyKeys, MasterKeyError, SubjectForgottenError } from "./personal-data/keyring.ts";
export type { Keyring } from "./personal-data/keyring.ts";
export type { DataSubject, PersonalData } from "./personal-data/personal-data.ts";

// Postgres: signals, errors, waits
export { CHANGES_CHANNEL, createChangeNotices, createOutboxHint, OUTBOX_CHANNEL } from "./postgres/signals.ts";
export type { ChangeFeed, ChangeNotice } from "./postgres/signals.ts";
export {
  isContended,
  isCrowdedOut,
  isLockTimeout,
  isTransient,
  isUnstorableText,
  orBusy,
  violatedConstraint,
} from "./postgres/sql-errors.ts";
export { isWithin } from "./postgres/wait.ts";
export type { Wait } from "./postgres/wait.ts";
