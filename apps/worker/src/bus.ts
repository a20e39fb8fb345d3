/** Which bus carries the events: Kafka where there are brokers, otherwise the Postgres that is there anyway. */
import { readFileSync } from "node:fs";
import { aggregates, eventCatalogue, modules } from "@tillstream/commerce";
import { createAvroEventCodec, createKafkaBus, createPostgresBus, createSchemaRegistry } from "@tillstream/eventing";
import type { AggregateEvents, EventBus } from "@tillstream/eventing";
import { systemScheduler } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import type { settings as workerSettings } from "./settings.ts";

/** Every event type by aggregate. What a module has beside its aggregates counts as the module's. */
export function eventsByAggregate(): readonly AggregateEvents[] {
  const named = aggregates.map(({ streamType, events }) => ({ streamType, events }));
  const covered = new Set(named.flatMap(({ events }) => events.map(({ type }) => type)));
  const others = modules.map(({ name, events }) => ({
    streamType: name,
    events: events.filter(({ type }) => !covered.has(type)),
  }));
  return [...named, ...others.filter(({ events }) => events.length > 0)];
}

const readAuthority = (path: string | undefined) => (path === undefined ? {} : { ca: readFileSync(path, "utf8") });

export function createBus(db: Database, settings: typeof workerSettings): EventBus {
  const { KAFKA_BROKERS: brokers, KAFKA_TOPIC_BY: topicBy, KAFKA_SASL_MECHANISM: mechanism } = settings;
  const { KAFKA_SASL_USERNAME: username = "", KAFKA_SASL_PASSWORD: password = "" } = settings;
  if (brokers === undefined) return createPostgresBus(db);
  const registry = createSchemaRegistry({
    db,
    url: settings.SCHEMA_REGISTRY_URL,
    fetch: globalThis.fetch,
    scheduler: systemScheduler,
  });
  return createKafkaBus({
    db,
    settings: {
      brokers,
      ...(settings.KAFKA_TLS && { tls: readAuthority(settings.KAFKA_TLS_CA) }),
      ...(mechanism !== undefined && { sasl: { mechanism, username, password } }),
      topicBy,
      prefix: settings.KAFKA_PREFIX,
      partitions: settings.KAFKA_TOPIC_PARTITIONS,
      replication: settings.KAFKA_REPLICATION,
      retentionHours: settings.KAFKA_RETENTION_HOURS,
    },
    aggregates: eventsByAggregate(),
    codec: createAvroEventCodec({ registry, definitions: [...eventCatalogue.definitions.values()], topicBy }),
  });
}
