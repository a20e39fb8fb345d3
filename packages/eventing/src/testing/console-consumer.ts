/** Kafka's own console consumer: reads what we published by other code than ours. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { inject } from "vitest";

const QUIET_MS = 3_000;
const TIMEOUT_MS = 30_000;

/**
 * The values in a topic of one partition from its beginning, until none comes for some seconds. It joins no group, which
 * may take longer than that before the first. Undefined without such a program.
 */
export async function readByConsole(
  topic: string,
  isolation: "read_committed" | "read_uncommitted",
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
  const how = ["--isolation-level", isolation, "--timeout-ms", String(QUIET_MS)];
  const answer = promisify(execFile)(artefacts.java, [...program, ...where, ...how], { timeout: TIMEOUT_MS });
  // It ends with an error when it has waited long enough, and has written all lines by then.
  const { stdout } = await answer.catch((error: Error & { stdout: string }) => error);
  return stdout.split("\n").filter((line) => line.startsWith("{"));
}
