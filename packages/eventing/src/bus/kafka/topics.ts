/**
 * Which topic an event goes to. By type: a topic for each event type, whose readers subscribe to just what they read. By
 * aggregate: one for each type of aggregate, in which an aggregate's events of all types keep their order. The key is the
 * aggregate's id either way, so that what belongs to one aggregate lies in one partition of a topic.
 */
import type { Admin } from "@platformatic/kafka";
import type { AnyEventDefinition } from "../../event/definition.ts";
import { brokerAnswers } from "./cluster.ts";
import type { KafkaSettings } from "./cluster.ts";

const HOUR_MS = 3_600_000;

/** The event types of one type of aggregate. */
export interface AggregateEvents {
  readonly streamType: string;
  readonly events: readonly AnyEventDefinition[];
}

export interface Topics {
  /** All of them. */
  readonly names: readonly string[];
  topicOf(type: string): string;
  /** Where the events of these types are, each topic once. */
  topicsOf(types: readonly string[]): readonly string[];
}

/** Throws for a type that no aggregate has: where its events are would be a guess. */
export function nameTopics(
  { prefix, topicBy }: Pick<KafkaSettings, "prefix" | "topicBy">,
  aggregates: readonly AggregateEvents[],
): Topics {
  const byType = new Map(
    aggregates.flatMap(({ streamType, events }) =>
      events.map(({ type }) => [type, `${prefix}.${topicBy === "type" ? type : streamType}`] as const),
    ),
  );
  function topicOf(type: string): string {
    const topic = byType.get(type);
    if (topic === undefined) throw new Error(`no topic for ${type}: no aggregate known here has that event`);
    return topic;
  }
  return {
    names: [...new Set(byType.values())],
    topicOf,
    topicsOf: (types) => [...new Set(types.map(topicOf))],
  };
}

/** Makes the topics that are not there, with our settings; the settings of those that are there stay as they are. */
export async function ensureTopics(admin: Admin, topics: readonly string[], settings: KafkaSettings): Promise<void> {
  const present = new Set(await admin.listTopics());
  const missing = topics.filter((topic) => !present.has(topic));
  if (missing.length === 0) return;
  const { partitions, replication, retentionHours } = settings;
  try {
    await admin.createTopics({
      topics: missing,
      partitions,
      replicas: replication,
      configs: [{ name: "retention.ms", value: String(retentionHours * HOUR_MS) }],
    });
  } catch (error) {
    // Another process of ours was faster with some of them. No answer at all is a broker that was not reached.
    const answers = brokerAnswers(error);
    if (answers.length === 0 || answers.some((answer) => answer !== "TOPIC_ALREADY_EXISTS")) throw error;
  }
}
