import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { createKafkaBus } from "@tillstream/eventing";
import type { KafkaSettings } from "@tillstream/eventing";
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import { freePorts } from "../ports.ts";
import { isAlive } from "../processes.ts";
import { temporaryFolder } from "../../testing/temporary-folder.ts";
import { startKafka } from "./broker.ts";
import { clusterIdIn } from "./cluster-id.ts";
import { answersKafka } from "./probe.ts";

const artefacts = inject("testKafkaArtefacts");
let dataDir = "";

const PASSWORD = "a password of the tests";

/** For 127.0.0.1, signed by itself. */
async function makeCertificate(java: string): Promise<{ ca: string; keystore: string }> {
  const keystore = join(dataDir, "broker.p12");
  const store = ["-alias", "broker", "-keystore", keystore, "-storetype", "PKCS12", "-storepass", PASSWORD];
  const keytool = (...args: readonly string[]) =>
    promisify(execFile)(join(dirname(java), "keytool"), [...args, ...store]);
  await keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=broker", "-ext", "san=ip:127.0.0.1", "-validity", "2");
  return { ca: (await keytool("-exportcert", "-rfc")).stdout, keystore };
}

async function healthAt(port: number, security: Pick<KafkaSettings, "tls" | "sasl">): Promise<string> {
  const settings = {
    ...security,
    brokers: [`127.0.0.1:${port}`],
    prefix: "test",
    topicBy: "type" as const,
    partitions: 1,
    replication: 1,
    retentionHours: 1,
  };
  const unused = () => expect.fail("its health asks nobody else");
  const codec = { encode: unused, decode: unused };
  const db = { query: unused, transaction: unused };
  const bus = createKafkaBus({ db, settings, aggregates: [], codec });
  try {
    return await bus.health();
  } finally {
    await bus.close();
  }
}

beforeEach(() => void (dataDir = temporaryFolder("kafka-test")));
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

describe.runIf(artefacts !== undefined)("a broker of our own", () => {
  test("answers on its port, comes back there with its cluster after kill -9, also over TLS with a password, and nothing runs after its stop", async () => {
    if (artefacts === undefined) throw new Error("there is none");
    const [port = 0, controllerPort = 0, securePort = 0] = await freePorts(3);
    const { ca, keystore } = await makeCertificate(artefacts.java);
    const secure = { port: securePort, keystore, keystorePassword: PASSWORD, username: "shop", password: PASSWORD };
    const options = { artefacts, dataDir, port, controllerPort, secure };
    const first = await startKafka(options);
    const clusterId = clusterIdIn(dataDir);
    await first.kill();
    await first.exited;
    expect(await answersKafka(port)).toBe(false);

    const second = await startKafka(options);
    expect(second.brokers).toBe(first.brokers);
    const sasl = { mechanism: "PLAIN", username: "shop", password: PASSWORD } as const;
    expect(await healthAt(securePort, { tls: { ca }, sasl })).toBe("ok");
    const wrong = [{ tls: { ca } }, { tls: {}, sasl }, { tls: { ca }, sasl: { ...sasl, password: "another" } }];
    const answers = await Promise.all(wrong.map((security) => healthAt(securePort, security)));
    expect(answers).toEqual(wrong.map(() => "Kafka does not answer"));
    expect(clusterIdIn(dataDir)).toBe(clusterId);
    await second.stop();
    await second.exited;
    expect(isAlive(second.pid)).toBe(false);
  });
});
