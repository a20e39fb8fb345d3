/** A worker that hangs while orders come in: its supervisor notices by itself, ends it and starts another. */
import { createTestShop, startGatewayProcess } from "@tillstream/commerce/testing";
import { expect, it, vi } from "vitest";
import { freePorts } from "../../environment/ports.ts";
import { superviseProcess } from "../../environment/supervisor/supervised-process.ts";
import { serviceSpec } from "../../environment/system/services.ts";
import { ALL_FAULTS, readLocalSettings } from "../../environment/settings.ts";
import { httpLedger, settled, verify } from "../../operations/verify/index.ts";
import { startShoppers } from "./shoppers.ts";

const { faultRounds } = readLocalSettings();
const SETTLE_MS = 120_000;
/** It is given some 25 seconds to answer. */
const PATIENCE = { timeout: 90_000, interval: 100 };

// It takes a minute: `npm run faults` runs it, `npm test` is the shorter part.
it.runIf(faultRounds >= ALL_FAULTS)(
  "a worker that hangs is ended and started again without a person, and every order ends",
  async () => {
    await using shop = await createTestShop();
    await using gateway = await startGatewayProcess();
    const [storefront = 0, admin = 0, worker = 0, postgres = 0, redis = 0] = await freePorts(5);
    const ports = { storefront, admin, worker, gateway: Number(new URL(gateway.url).port), postgres, redis };
    const env = {
      DATABASE_URL: shop.test.url,
      APP_DATABASE_URL: shop.test.appUrl,
      SHIPPING_DELAY_MS: "1",
      LOG_LEVEL: "silent",
    };
    const crashes: string[] = [];
    const supervised = superviseProcess(serviceSpec("worker", { mode: "start", ports, env }), {
      onLine: () => undefined,
      onStart: () => undefined,
      onCrash: (_name, how) => crashes.push(how),
    });
    supervised.start();
    const isWell = async () => (await fetch(`http://127.0.0.1:${worker}/health`).catch(() => undefined))?.ok === true;
    try {
      await vi.waitUntil(isWell, PATIENCE);
      await using shoppers = startShoppers(shop, 1);
      const pid = supervised.pid() ?? expect.fail("the worker runs");
      process.kill(pid, "SIGSTOP");
      await vi.waitUntil(() => crashes.length > 0, PATIENCE);
      expect(crashes[0]).toContain("hung and was ended");
      await vi.waitUntil(isWell, PATIENCE);
      expect(supervised.pid()).not.toBe(pid);
      expect(await shoppers.stop()).toBeGreaterThan(0);
      expect(await settled(shop.database, SETTLE_MS)).toBeUndefined();
      const findings = await verify(shop.database, { gateway: httpLedger(gateway.url) });
      expect(findings.filter(({ status }) => status !== "holds")).toEqual([]);
    } finally {
      await supervised.stop();
    }
  },
  300_000,
);
