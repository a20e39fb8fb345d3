/**
 * What it takes to run a broker: Java and the class path of Apache Kafka, which Maven brings once
 * from wherever the machine's own settings say. Nothing of it is part of the packages.
 */
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { findOnPath } from "../executables.ts";

/** The version in `pom.xml` and in docker-compose.yml; a test compares them. */
export const KAFKA_VERSION = "4.1.0";
export const POM = join(import.meta.dirname, "pom.xml");
const JAVA_MAJOR_MIN = 17;
const JAVA_TIMEOUT_MS = 20_000;
const DOWNLOAD_TIMEOUT_MS = 300_000;
const OUTPUT_BYTES_MAX = 4 * 1024 * 1024;
const HOW_TO_GET_IT = "apt-get install openjdk-17-jre-headless maven, or set KAFKA_BROKERS";

export interface KafkaArtefacts {
  readonly java: string;
  readonly classPath: string;
}

const run = promisify(execFile);

/** The major version in the answer of `java -version`, such as 17 for `openjdk version "17.0.15"`. */
export function javaMajorOf(answer: string): number | undefined {
  const [, major] = /version "(\d+)/.exec(answer) ?? [];
  return major === undefined ? undefined : Number(major);
}

async function findJava(): Promise<string | undefined> {
  const java = findOnPath("java");
  if (java === undefined) return undefined;
  const answer = await run(java, ["-version"], { timeout: JAVA_TIMEOUT_MS }).catch(() => ({ stderr: "" }));
  return (javaMajorOf(answer.stderr) ?? 0) >= JAVA_MAJOR_MIN ? java : undefined;
}

/** Copies the jars beside their place and moves them there when all have arrived: a broken download does not count. */
async function download(maven: string, folder: string): Promise<void> {
  const incoming = `${folder}.incoming`;
  rmSync(incoming, { recursive: true, force: true });
  mkdirSync(incoming, { recursive: true });
  const scope = ["-DincludeScope=runtime", `-DoutputDirectory=${incoming}`];
  const args = ["-q", "-B", "-f", POM, "dependency:copy-dependencies", ...scope];
  await run(maven, args, { timeout: DOWNLOAD_TIMEOUT_MS, maxBuffer: OUTPUT_BYTES_MAX });
  renameSync(incoming, folder);
}

/** Undefined, with one line that says what is missing and how to get it, when no broker can be run here. */
export async function kafkaArtefacts(
  dataDir: string,
  log: (line: string) => void,
): Promise<KafkaArtefacts | undefined> {
  function none(what: string): undefined {
    log(`no Kafka: ${what} (${HOW_TO_GET_IT})`);
  }
  const java = await findJava();
  if (java === undefined) return none(`no Java ${JAVA_MAJOR_MIN} or later on PATH`);
  const folder = join(dataDir, "kafka", KAFKA_VERSION);
  if (!existsSync(folder)) {
    const maven = findOnPath("mvn");
    if (maven === undefined) return none("no mvn on PATH to bring it");
    log(`bringing Apache Kafka ${KAFKA_VERSION} with Maven`);
    try {
      await download(maven, folder);
    } catch (error) {
      return none(`Maven cannot bring it: ${firstLine(error)}`);
    }
  }
  return { java, classPath: [import.meta.dirname, join(folder, "*")].join(delimiter) };
}

function firstLine(error: unknown): string {
  const { stdout, message } = error as Error & { stdout?: string };
  const lines = (stdout === undefined || stdout === "" ? message : stdout).split("\n");
  return lines.find((line) => line.includes("ERROR")) ?? lines[0] ?? "it says nothing";
}
