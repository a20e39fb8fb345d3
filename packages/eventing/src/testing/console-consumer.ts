/** Kafka's own console consumer: reads what we published by other code than ours. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { inject } from "vitest";

const WAIT_MS = 60_000;

/**
 * The first `count` values that are to be read in a topic of one partition, or what has come when none follows for a minute. It joins
 * no group. Undefined without such a program.
 */
export async function readByConsole(
  topic: string,
  isolation: "read_committed" | "read_uncommitted",
  count: number,
): Promise<string[] | undefined> {
  const artefacts = inject("testKafkaArtefacts");
  if (artefacts === undefined) return undefined;
  const program = ["-Xmx128m", "-cp", artefacts.classPath, "org.apache.kafka.tools.consumer.ConsoleConsumer"];
  const where = [
    "--bootstrap-server",
    inject("testKafkaBrokers"),
    "--topic",
    topic,
    "--partition",
    "0",
    "--offset",
    "earliest",
  ];
  const how = ["--isolation-level", isolation, "--max-messages", String(count), "--timeout-ms", String(WAIT_MS)];
  const answer = promisify(execFile)(artefacts.java, [...program, ...where, ...how], { timeout: 2 * WAIT_MS });
  // When it has waited long enough it ends with an error, and has written all lines by then.
  const { stdout } = await answer.catch((error: Error & { stdout: string }) => error);
  return stdout.split("\n").filter((line) => line.startsWith("{"));
}
