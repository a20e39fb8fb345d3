/** How this system reaches and uses a Kafka cluster, and what an error of the client means for the events at hand. */
import { isIP } from "node:net";
import { BusUnavailableError } from "../event-bus.ts";

/** How a Kafka cluster is reached, and how topics are named. */
export interface KafkaSettings {
  /** `host:port` */
  readonly brokers: readonly string[];
  /** Speaks TLS; `ca` is a PEM text. */
  readonly tls?: { readonly ca?: string };
  readonly sasl?: {
    readonly mechanism: "PLAIN" | "SCRAM-SHA-256" | "SCRAM-SHA-512";
    readonly username: string;
    readonly password: string;
  };
  /** Begins every topic, group and transactional id. */
  readonly prefix: string;
  readonly topicBy: "type" | "aggregate";
  /** Of a new topic. */
  readonly partitions: number;
  /** Copies of a new topic. */
  readonly replication: number;
  /** How long a new topic keeps its records. */
  readonly retentionHours: number;
}

const REQUEST_TIMEOUT_MS = 5_000;
const CONNECT_TIMEOUT_MS = 2_000;
const RETRIES = 6;
const RETRY_DELAY_MS = 5;
const RETRY_DELAY_MS_MAX = 500;
const CAUSES_MAX = 8;

/** What every client of ours is made with: a broker that is away is given up on after some seconds, and tried again by us. */
export function clientOptions({ brokers, prefix, tls, sasl }: KafkaSettings, purpose: string) {
  const isNamed = brokers.every((broker) => isIP(broker.slice(0, broker.lastIndexOf(":"))) === 0);
  return {
    ...(tls !== undefined && { tls, tlsServerName: isNamed }),
    ...(sasl !== undefined && { sasl }),
    clientId: `${prefix}-${purpose}`,
    bootstrapBrokers: [...brokers],
    timeout: REQUEST_TIMEOUT_MS,
    connectTimeout: CONNECT_TIMEOUT_MS,
    retries: RETRIES,
    // The first retries are quick: right after a commit the coordinator is busy with it for some milliseconds.
    retryDelay: (_client: object, _operation: string, attempt: number) =>
      Math.min(RETRY_DELAY_MS * 3 ** (attempt - 1), RETRY_DELAY_MS_MAX),
  };
}

/** Answers of a broker that concern the records, not the cluster: they would fail the same way for ever. */
const RECORD_FAULTS = new Set(["MESSAGE_TOO_LARGE", "RECORD_LIST_TOO_LARGE", "INVALID_RECORD", "INVALID_TIMESTAMP"]);

/** The names of the broker's answers in an error and in what caused it, such as `PRODUCER_FENCED`. */
export function brokerAnswers(error: unknown, depth = 0): readonly string[] {
  if (typeof error !== "object" || error === null || depth > CAUSES_MAX) return [];
  const { apiId, errors, cause } = error as { apiId?: unknown; errors?: unknown; cause?: unknown };
  const own = typeof apiId === "string" ? [apiId] : [];
  const inner = [...(Array.isArray(errors) ? (errors as unknown[]) : []), cause];
  return [...own, ...inner.flatMap((next) => brokerAnswers(next, depth + 1))];
}

/** Whether the records are at fault; then the relay quarantines the one at fault. */
export function isRecordFault(error: unknown): boolean {
  return brokerAnswers(error).some((answer) => RECORD_FAULTS.has(answer));
}

/** The error as the relay understands it. */
export function publishError(error: unknown): Error {
  const answers = [...new Set(brokerAnswers(error))];
  const { message } = error as Error;
  const text = answers.length > 0 ? `${message} (${answers.join(", ")})` : message;
  if (isRecordFault(error)) return new Error(`Kafka refuses the event: ${text}`, { cause: error });
  return new BusUnavailableError(`Kafka: ${text}`, { cause: error });
}
