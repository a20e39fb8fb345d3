/** Kafka's own console consumer: what is in a topic, read by other code than ours. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { KafkaArtefacts } from "./artefacts.ts";

const WAIT_MS = 60_000;

export interface ConsoleRecord {
  readonly headers: Readonly<Record<string, string>>;
  readonly key: string;
  readonly value: Buffer;
}

/** The first `count` committed records of a topic, or those that have come when none follows for a minute. */
export async function readByConsole(
  { java, classPath }: KafkaArtefacts,
  brokers: string,
  topic: string,
  count: number,
): Promise<ConsoleRecord[]> {
  const program = ["-Xmx128m", "-cp", classPath, "org.apache.kafka.tools.consumer.ConsoleConsumer"];
  const where = ["--bootstrap-server", brokers, "--topic", topic, "--from-beginning"];
  const how = ["--isolation-level", "read_committed", "--max-messages", String(count), "--timeout-ms", String(WAIT_MS)];
  const bytes = "org.apache.kafka.common.serialization.BytesDeserializer";
  const shown = ["print.headers=true", "print.key=true", `value.deserializer=${bytes}`];
  const args = [...program, ...where, ...how, ...shown.flatMap((property) => ["--property", property])];
  // When it has waited long enough it ends with an error, and has written all lines by then.
  const { stdout } = await promisify(execFile)(java, args, { timeout: 2 * WAIT_MS }).catch(
    (error: Error & { stdout: string }) => error,
  );
  const lines = stdout.split("\n").filter((line) => line.includes("\t"));
  return lines.map((line) => {
    const [headers = "", key = "", value = ""] = line.split("\t");
    const pairs = headers.split(",").map((header) => {
      const colon = header.indexOf(":");
      return [header.slice(0, colon), header.slice(colon + 1)] as const;
    });
    return { headers: Object.fromEntries(pairs), key, value: bytesOf(value) };
  });
}

/** Kafka shows bytes as text: what is printable as it is, the rest as `\x1F`. */
function bytesOf(shown: string): Buffer {
  return Buffer.from(
    shown.replaceAll(/\\x([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  );
}
