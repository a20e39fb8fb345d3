/** One Postgres and one Kafka for all Kafka tests of a run; stopped and deleted at its end. */
import type { TestProject } from "vitest/node";
import { readLocalSettings } from "../environment/settings.ts";
import { findTestKafka, startTestKafka } from "./test-kafka.ts";
import { startTestServer } from "./test-server.ts";

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const source = await findTestKafka(readLocalSettings(), console.log);
  if (source === undefined) throw new Error("no Kafka can be had here");
  const [server, kafka] = await Promise.all([startTestServer(), startTestKafka(source)]);
  project.provide("testPostgresUrl", server.url);
  project.provide("testKafkaBrokers", kafka.brokers);
  project.provide("testKafkaArtefacts", kafka.artefacts);
  return async () => {
    await kafka[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  };
}
