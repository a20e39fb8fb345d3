import type { Admin } from "@platformatic/kafka";
import { expect, test } from "vitest";
import { ensureTopics } from "./topics.ts";

const settings = {
  brokers: ["127.0.0.1:9092"],
  prefix: "shop",
  topicBy: "type",
  partitions: 6,
  replication: 3,
  retentionHours: 1,
} as const;

/** Asks a cluster without topics that answers with this error when it is to make some. */
function ensure(error: Error): Promise<void> {
  const admin = { listTopics: async () => [], createTopics: () => Promise.reject(error) };
  return ensureTopics(admin as unknown as Admin, ["shop.Added", "shop.Reset"], settings); // the two that it calls
}

const answered = (...answers: readonly string[]) =>
  Object.assign(new Error("failed"), { errors: answers.map((apiId) => Object.assign(new Error("no"), { apiId })) });

test("topics that another process created first are there; any other failure is reported", async () => {
  await expect(ensure(answered("TOPIC_ALREADY_EXISTS"))).resolves.toBeUndefined();
  await expect(ensure(answered("TOPIC_ALREADY_EXISTS", "INVALID_REPLICATION_FACTOR"))).rejects.toThrow("failed");
  await expect(ensure(new Error("connect ECONNREFUSED"))).rejects.toThrow("ECONNREFUSED");
});
