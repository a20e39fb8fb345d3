export { defineAggregate, fromEvents, readEvent, SNAPSHOT_EVERY_DEFAULT } from "./aggregate/aggregate.ts";
export type { Aggregate, AnyAggregate, Versioned } from "./aggregate/aggregate.ts";
export { EXECUTE_ATTEMPTS_MAX, executeIn, retryLostRaces } from "./aggregate/execute.ts";
export type { Execution } from "./aggregate/execute.ts";
export { loadAggregate } from "./aggregate/load.ts";
export type { Moment } from "./aggregate/load.ts";
export { snapshotter } from "./aggregate/snapshotter.ts";
export { readSnapshot, writeSnapshot } from "./aggregate/snapshots.ts";
export { createKeyring, destroyKeys, MasterKeyError, SubjectForgottenError } from "./personal-data/keyring.ts";
export type { Keyring } from "./personal-data/keyring.ts";
export type { DataSubject, PersonalData } from "./personal-data/personal-data.ts";
export { recordAudit, withAudit } from "./audit/audit.ts";
export type { AuditedWork, AuditEntry } from "./audit/audit.ts";
export { runIdempotent } from "./idempotency/run-idempotent.ts";
export { waitForEvent, waitForPosition, waitForProjection } from "./subscription/wait-for.ts";
export { createEventCatalogue } from "./event/catalogue.ts";
export type { EventCatalogue } from "./event/catalogue.ts";
export type { Decider } from "./event/decider.ts";
export { defineEvent, MalformedEventError, UnknownEventVersionError } from "./event/definition.ts";
export type {
  AnyEventDefinition,
  DataOf,
  EventDefinition,
  EventMetadata,
  EventOf,
  NewEvent,
  NewEventOf,
  RecordedEvent,
  StoredEvent,
} from "./event/definition.ts";
export { followUp } from "./event/follow-up.ts";
export { isRefusal, refuse, REFUSAL_KINDS, RefusalError } from "./event/refusal.ts";
export type { FieldProblem, Refusal, RefusalKind } from "./event/refusal.ts";
export {
  cachedAnswer,
  claimExpression,
  isBeingClaimed,
  fingerprintOf,
  IDEMPOTENCY_TTL_SECONDS,
  rememberAnswer,
  STILL_RUNNING,
  storedAnswer,
} from "./idempotency/idempotency.ts";
export type { CommandKey, EarlierAnswer } from "./idempotency/idempotency.ts";
export { deploymentOf } from "./deployment.ts";
export type { Deployment } from "./deployment.ts";
export { defineModule } from "./module.ts";
export type { Module } from "./module.ts";
export { outboxStatus, subscriptionLags } from "./monitoring/lag.ts";
export { setAsideRows } from "./monitoring/set-aside-rows.ts";
export type { SetAsideRow } from "./monitoring/set-aside-rows.ts";
export type { OutboxStatus, SubscriptionKind, SubscriptionLag } from "./monitoring/lag.ts";
export { acquireRelayLease, releaseRelayLease } from "./relay/lease.ts";
export type { RelayLease } from "./relay/lease.ts";
export { queueRelay, RELAY_TASK, relayStands, relayTurn, superviseRelay } from "./relay/relay.ts";
export type { RelayOptions } from "./relay/relay.ts";
export { defineSaga, SagaRefusal, stepHalf } from "./saga/definition.ts";
export type { Saga, SagaFailure, SagaStep, StepContext } from "./saga/definition.ts";
export { createSagaEngine } from "./saga/engine.ts";
export type { SagaEngine } from "./saga/engine.ts";
export { publishedChanges, refuseChangedSagas } from "./saga/refuse-changed.ts";
export { shapeOf } from "./saga/shape.ts";
export type { PublishedSagas } from "./saga/shape.ts";
export { compensateRun, listSagaActions, resolveRun, retryStep, runState } from "./saga/operate.ts";
export type { OnResolved } from "./saga/operate.ts";
export type { Operator, SagaAction } from "./saga/operate.ts";
export { runJobs } from "./jobs/run-jobs.ts";
export { beginRun, RUN_STATUSES, SAGA_TASK, sagaIdOf } from "./saga/state.ts";
export type { RunStatus, StepRef } from "./saga/state.ts";
export { sweepOnce, sweepSagas } from "./saga/sweeper.ts";
export {
  isContended,
  isLockTimeout,
  isTransient,
  isUniqueViolation,
  isUnstorableText,
  orBusy,
  violatedConstraint,
} from "./sql-errors.ts";
export { appendEvents, appendExpressions, ConcurrencyError, eventIdOf } from "./store/append.ts";
export type { Append, ExpectedVersion } from "./store/append.ts";
export { readLog, readStream } from "./store/read.ts";
export type { LoggedEvent } from "./store/read.ts";
export { defineConsumer, on } from "./subscription/consumer.ts";
export type { Consumer, ConsumerHandler } from "./subscription/consumer.ts";
export { defineProjection } from "./subscription/projection.ts";
export type { Projection } from "./subscription/projection.ts";
export { catalogueOf } from "./subscription/apply-batch.ts";
export { runSubscription } from "./subscription/runner.ts";
export type { SubscriptionOptions } from "./subscription/runner.ts";
export { announceChanges, CHANGES_CHANNEL, createOutboxHint, OUTBOX_CHANNEL } from "./signals.ts";
export type { ChangeNotice } from "./signals.ts";
export { cutStatement, cutWaits, kernelWaits, runWaitCuts } from "./waits/cut-waits.ts";
export { isWithin } from "./waits/wait.ts";
export type { Wait } from "./waits/wait.ts";
export { alertRule } from "./monitoring/alert-rule.ts";
export type { AlertRule } from "./monitoring/alert-rule.ts";
export { listAlerts, sampleProjections } from "./monitoring/alerts.ts";
export type { ProjectionAlert } from "./monitoring/alerts.ts";
export { monitorProjections } from "./monitoring/monitor.ts";
export { projectionTrends } from "./monitoring/trend.ts";
export type { ProjectionTrend } from "./monitoring/trend.ts";
export { listRebuilds, readRebuild, rebuildNext, requestRebuild } from "./rebuild/rebuild.ts";
export type { Rebuild } from "./rebuild/rebuild.ts";
export { runRebuilds } from "./rebuild/run-rebuilds.ts";
export { registerSubscription, setSubscriptionStatus, subscriptionStatus } from "./subscription/checkpoint.ts";
export { firstStepWhere } from "./replay/expression.ts";
export { changesBetween, replayStream } from "./replay/replay.ts";
export type { ReplayStep, StateChange } from "./replay/replay.ts";
export type { Subscription } from "./subscription/apply-batch.ts";
export { BusUnavailableError } from "./bus/event-bus.ts";
export type { EventBus, PublishedBatch } from "./bus/event-bus.ts";
export { createPostgresBus } from "./bus/postgres-bus.ts";
export { discardLetter, editAndRetry, letterState } from "./dead-letters/decide.ts";
export { groupLetters, letterById, listLetters, listRetries } from "./dead-letters/queries.ts";
export type { DeadLetter, LetterGroup, LetterStatus, LetterWithTrace, RetryProgress } from "./dead-letters/queries.ts";
export { releaseDue, runReleases } from "./dead-letters/release.ts";
export type { ReleaseOptions } from "./dead-letters/release.ts";
export { requestRetry, retryStatus, retryWithin, selectionState, stopRetry } from "./dead-letters/retries.ts";
export type { RetrySelection } from "./dead-letters/retries.ts";
export { prune, runRetention } from "./retention/prune.ts";
export type { EventRetryPolicy } from "./subscription/retry-policy.ts";
export { catchUp, publishAll } from "./drain.ts";
export { createSchemaRegistry } from "./registry/create-registry.ts";
export type { RegistryOptions } from "./registry/create-registry.ts";
export { createEmbeddedRegistry } from "./registry/embedded-registry.ts";
export { createHttpRegistry } from "./registry/http-registry.ts";
export type { HttpRegistryOptions } from "./registry/http-registry.ts";
export { registryEndpoint, registryRoutes } from "./registry/rest-api.ts";
export { cachedRegistry, IncompatibleSchemaError, RegistryError } from "./registry/schema-registry.ts";
export type { SchemaRegistry } from "./registry/schema-registry.ts";
export { avroSchemaOf, NotAvroError } from "./schema/avro-schema.ts";
export type { AvroField, AvroRecord, AvroSchema } from "./schema/avro-schema.ts";
export { createAvroCodec } from "./schema/avro-codec.ts";
export type { AvroCodec, DecodedEvent, EncodableEvent } from "./schema/avro-codec.ts";
export { avroProblems } from "./schema/avro-problems.ts";
export { schemaChanges } from "./schema/schema-changes.ts";
export type { SchemaChange } from "./schema/schema-changes.ts";
export { jsonSchemaOf } from "./schema/json-schema.ts";
export type { JsonSchema } from "./schema/json-schema.ts";
export { WireFormatError } from "./schema/wire-format.ts";
export { createAvroEventCodec } from "./bus/kafka/avro-event-codec.ts";
export type { KafkaSettings } from "./bus/kafka/cluster.ts";
export { createKafkaBus } from "./bus/kafka/kafka-bus.ts";
export type { AggregateEvents } from "./bus/kafka/topics.ts";
export { followVersions } from "./versions/follow-versions.ts";
export { safeToDrop } from "./versions/safe-to-drop.ts";
export type { DropVerdict } from "./versions/safe-to-drop.ts";
export { versionShares } from "./versions/version-shares.ts";
export type { VersionShare } from "./versions/version-shares.ts";
