/** Postgres' disk is full while orders come in; then there is room again. */
import { createTestShop, startGatewayProcess } from "@tillstream/commerce/testing";
import { expect, it, vi } from "vitest";
import { startTestServer } from "../../testing/test-server.ts";
import { ALL_FAULTS, readLocalSettings } from "../../environment/settings.ts";
import { httpLedger, settled, verify } from "../../operations/verify/index.ts";
import { startShoppers } from "./shoppers.ts";
import { mountSmallDisk } from "./small-disk.ts";
import { startWorkerProcess } from "./worker-process.ts";

const DISK_MB = 700;
const { faultRounds } = readLocalSettings();
const SETTLE_MS = 120_000;
const PATIENCE = { timeout: 60_000, interval: 100 };

// It takes a minute: `npm run faults` runs it, `npm test` is the shorter part.
it.runIf(faultRounds >= ALL_FAULTS)(
  "a full disk: it is told, nothing that was acknowledged is lost, and the same worker goes on when there is room",
  async (context) => {
    using disk = mountSmallDisk(DISK_MB);
    // Without a disk of its own it would have to fill the machine's.
    if (disk === undefined) return context.skip("no disk can be mounted here: that takes root on Linux");
    await using server = await startTestServer({ folder: disk.folder });
    await using shop = await createTestShop({ serverUrl: server.url });
    await using gateway = await startGatewayProcess();
    const worker = await startWorkerProcess(shop.test, { GATEWAY_URL: gateway.url, SHIPPING_DELAY_MS: "1" });
    const health = async () => {
      const answer = await fetch(`${worker.url}/health`).catch(() => undefined);
      return ((await answer?.json()) as { status: string } | undefined)?.status; // our own answer
    };
    try {
      await vi.waitFor(async () => expect(await health()).toBe("ok"), PATIENCE);
      await using shoppers = startShoppers(shop);
      disk.fill();
      // A write is refused, or Postgres has ended because it cannot write its log: either is told.
      await vi.waitFor(async () => expect(await health()).not.toBe("ok"), PATIENCE);
      disk.empty();
      if (!server.isRunning()) await server.start();
      await vi.waitFor(async () => expect(await health()).toBe("ok"), PATIENCE);
      expect(await shoppers.stop()).toBeGreaterThan(0);
      expect(await settled(shop.database, SETTLE_MS)).toBeUndefined();
      const findings = await verify(shop.database, { gateway: httpLedger(gateway.url) });
      expect(findings.filter(({ status }) => status !== "holds")).toEqual([]);
      expect(worker.isRunning()).toBe(true);
    } finally {
      await worker.end();
    }
  },
  240_000,
);
