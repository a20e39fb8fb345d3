/** The settings of a process that runs the kernel. */
import { count, milliseconds, seconds } from "@tillstream/runtime";
import { z } from "zod";

/** Relay, consumers, sagas, projections and the schema registry. */
export const kernelSettings = {
  /** A Confluent schema registry instead of the embedded one; a user and a password in the URL are sent along. */
  SCHEMA_REGISTRY_URL: z.url().optional(),
  /** The login that may write to the embedded registry from another machine, by basic authentication; without it, no other machine may. */
  SCHEMA_REGISTRY_LOGIN: z
    .string()
    .regex(/^[^:\s]+:\S{12,}$/, "user:password, with 12 characters of password or more and no blanks")
    .optional(),
  /** Events at once; of a backlog five times as many, up to 2,000. */
  RELAY_BATCH_SIZE: count(100, 10_000),
  /** The longest a committed event waits for the relay when every hint was lost. */
  RELAY_POLL_MS: milliseconds(2_000),
  /** How long a published row stays in the outbox. */
  OUTBOX_RETENTION_SECONDS: seconds(86_400),
  /** How long a consumer recognises an event that is delivered again. */
  INBOX_RETENTION_SECONDS: seconds(604_800),
  /** How long a dead letter is kept after its end, with what people did about it. */
  DEAD_LETTER_RETENTION_SECONDS: seconds(7_776_000),
  /** How often rows past their retention are pruned. */
  RETENTION_EVERY_MS: milliseconds(60_000),
  CONSUMER_BATCH_SIZE: count(200, 10_000),
  SAGA_STEP_TIMEOUT_MS: milliseconds(30_000),
  SAGA_CONCURRENCY: count(12, 200),
  /** Events read in one transaction of a projection's rebuild. */
  REBUILD_BATCH_SIZE: count(2_000, 50_000),
  PROJECTION_LAG_ALERT_MS: milliseconds(5_000),
  /** Other thresholds than those that the checks bring, such as `outbox-age=15,dead-letters=10`. */
  ALERT_THRESHOLDS: z
    .string()
    .regex(/^[a-z-]+=\d+(?:\.\d+)?(?:,[a-z-]+=\d+(?:\.\d+)?)*$/, "name=number, comma-separated")
    .optional(),
  /** Gets a POST when an alert fires and when it is resolved. */
  ALERT_WEBHOOK_URL: z.url().optional(),
  /** What the list of workers calls the program, such as a commit; by default its version. */
  RELEASE: z.string().trim().min(1).max(100).optional(),
};

/** Kafka instead of the Postgres bus, once there are brokers. */
export const kafkaSettings = {
  /** `host:port`, comma-separated. */
  KAFKA_BROKERS: z
    .string()
    .transform((list) => list.split(",").map((broker) => broker.trim()))
    .pipe(z.array(z.string().regex(/^[^\s:/]+:\d{1,5}$/, "host:port, comma-separated")).min(1))
    .optional(),
  /** Speaks TLS with the brokers, whose certificate must be good for their host names. */
  KAFKA_TLS: z.stringbool().default(false),
  /** A PEM file with the authority that signed their certificates, where the machine does not trust it anyway. */
  KAFKA_TLS_CA: z.string().optional(),
  /** Signs in at the brokers, with the user and the password below. */
  KAFKA_SASL_MECHANISM: z.enum(["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"]).optional(),
  KAFKA_SASL_USERNAME: z.string().optional(),
  KAFKA_SASL_PASSWORD: z.string().optional(),
  /** A topic for each event type, or one for each type of aggregate, which keeps the order across its types. */
  KAFKA_TOPIC_BY: z.enum(["type", "aggregate"]).default("type"),
  /** Begins the name of every topic, consumer group and transactional id: two systems may share a cluster. */
  KAFKA_PREFIX: z
    .string()
    .regex(/^[a-zA-Z0-9_-]{1,60}$/, "letters, digits, - and _")
    .default("tillstream"),
  /** Of a new topic. Adding some later moves aggregates to other partitions: only on a quiet topic. */
  KAFKA_TOPIC_PARTITIONS: count(6, 1_000),
  /** Copies of a new topic; no more than there are brokers. */
  KAFKA_REPLICATION: count(1, 10),
  /** How long a new topic keeps its records. The log in Postgres keeps them for good. */
  KAFKA_RETENTION_HOURS: count(168, 87_600),
};
