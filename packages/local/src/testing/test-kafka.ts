/** A Kafka for the suites that need a real one: that of KAFKA_BROKERS, else a broker of our own, else none and a line that says why. */
import { rmSync } from "node:fs";
import { kafkaArtefacts } from "../environment/kafka/artefacts.ts";
import type { KafkaArtefacts } from "../environment/kafka/artefacts.ts";
import { startKafka } from "../environment/kafka/broker.ts";
import { freePorts } from "../environment/ports.ts";
import { temporaryFolder } from "./temporary-folder.ts";

export interface TestKafka {
  readonly brokers: string;
  /** What it takes to start brokers of one's own; undefined where KAFKA_BROKERS was given. */
  readonly artefacts?: KafkaArtefacts;
}

declare module "vitest" {
  interface ProvidedContext {
    testKafkaBrokers: string;
    testKafkaArtefacts: KafkaArtefacts | undefined;
  }
}

/** Where a broker can come from; asked before the suites run, so that their absence is one line and no failure. */
export type KafkaSource = { readonly given: string } | { readonly artefacts: KafkaArtefacts };

export async function findTestKafka(
  { dataDir, kafkaBrokers }: { readonly dataDir: string; readonly kafkaBrokers: string | undefined },
  log: (line: string) => void,
): Promise<KafkaSource | undefined> {
  if (kafkaBrokers !== undefined) return { given: kafkaBrokers };
  const artefacts = await kafkaArtefacts(dataDir, log);
  return artefacts && { artefacts };
}

export async function startTestKafka(source: KafkaSource): Promise<TestKafka & AsyncDisposable> {
  if ("given" in source) return { brokers: source.given, [Symbol.asyncDispose]: async () => undefined };
  const { artefacts } = source;
  const dataDir = temporaryFolder("kafka");
  const [port = 0, controllerPort = 0] = await freePorts(2);
  const broker = await startKafka({ artefacts, dataDir, port, controllerPort });
  return {
    brokers: broker.brokers,
    artefacts,
    async [Symbol.asyncDispose]() {
      await broker.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
