import { rmSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import { freePorts } from "../ports.ts";
import { isAlive } from "../processes.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { startKafka } from "./broker.ts";
import { clusterIdIn } from "./cluster-id.ts";
import { answersKafka } from "./probe.ts";

const artefacts = inject("testKafkaArtefacts");
let dataDir = "";

beforeEach(() => void (dataDir = temporaryFolder("kafka-test")));
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

describe.runIf(artefacts !== undefined)("a broker of our own", () => {
  test("answers on its port, comes back there with its cluster after kill -9, and nothing runs after its stop", async () => {
    if (artefacts === undefined) throw new Error("there is none");
    const [port = 0, controllerPort = 0] = await freePorts(2);
    const options = { artefacts, dataDir, port, controllerPort };
    const first = await startKafka(options);
    const clusterId = clusterIdIn(dataDir);
    await first.kill();
    await first.exited;
    expect(await answersKafka(port)).toBe(false);

    const second = await startKafka(options);
    expect(second.brokers).toBe(first.brokers);
    expect(clusterIdIn(dataDir)).toBe(clusterId);
    await second.stop();
    await second.exited;
    expect(isAlive(second.pid)).toBe(false);
  });
});
