/** A worker that delivers mails by SMTP, as a process: what a kill and a server that is away leave behind. */
import { localInbox } from "@tillstream/commerce";
import { createTestShop, startGatewayProcess, startMailServer } from "@tillstream/commerce/testing";
import { createKeyring } from "@tillstream/eventing";
import { readMasterKeys, sql } from "@tillstream/runtime";
import { expect, it, vi } from "vitest";
import { startWorkerProcess } from "./worker-process.ts";

const PATIENCE = { timeout: 30_000, interval: 100 };
const TEST_MS = 60_000;

it(
  "a worker killed between the mail server's word and its own note: the mail goes out twice at most, under one Message-ID",
  async () => {
    await using shop = await createTestShop();
    await using gateway = await startGatewayProcess();
    await using smtp = await startMailServer();
    const { database: db } = shop;
    const mail = { dedupeKey: "a", recipient: "ines@example.com", subject: "A mail", body: "Hello", sealedFor: "ines" };
    await localInbox(createKeyring(readMasterKeys())).send(db, mail);
    const settings = { GATEWAY_URL: gateway.url, SMTP_URL: smtp.url, MAIL_FROM: "Fernhill <orders@fernhill.example>" };
    const start = () => startWorkerProcess({ url: shop.test.url, appUrl: shop.test.appUrl }, settings);
    const makeDue = () =>
      db.query(sql`UPDATE mail_messages SET next_attempt_at = now() WHERE next_attempt_at IS NOT NULL`);

    const killed = await start();
    smtp.beforeAnswer = async () => void (await killed.end());
    await vi.waitUntil(() => smtp.taken.length === 1 && !killed.isRunning(), PATIENCE);
    smtp.beforeAnswer = () => Promise.resolve();
    await smtp.stop();

    const worker = await start();
    try {
      await makeDue();
      const health = async (): Promise<unknown> => (await fetch(`${worker.url}/health`)).json();
      await vi.waitFor(async () => expect(await health()).toMatchObject({ checks: { mail: "away" } }), PATIENCE);
      expect(await health()).toMatchObject({ status: "degraded" });
      await smtp.start();
      await vi.waitUntil(async () => {
        await makeDue();
        return (await db.query(sql`SELECT FROM mail_messages WHERE delivered_at IS NOT NULL`)).length === 1;
      }, PATIENCE);
      await vi.waitFor(async () => expect(await health()).toMatchObject({ checks: { mail: "ok" } }), PATIENCE);
    } finally {
      await worker.end("SIGTERM");
    }
    const [first, second, ...more] = smtp.taken;
    expect(more).toEqual([]);
    expect(second).toEqual(first);
  },
  TEST_MS,
);

it(
  "a worker in production without SMTP_URL says once, as it starts, that mails reach nobody; elsewhere it says nothing",
  async () => {
    await using shop = await createTestShop();
    const { appUrl, pool } = shop.test;
    const role = "in_production";
    await pool.query(`CREATE ROLE ${role} LOGIN PASSWORD '${role}' IN ROLE ${new URL(appUrl).username}`);
    const url = appUrl.replace(/\/\/.*@/, `//${role}:${role}@`);
    const ofOurOwn = {
      NODE_ENV: "production",
      APP_SECRET: "a secret of our own",
      GATEWAY_WEBHOOK_SECRET: "whsec_of_our_own_gateway",
      MASTER_KEYS: `own:${Buffer.alloc(32, 7).toString("base64")}`,
      LOG_LEVEL: "info",
    };
    try {
      for (const [TILLSTREAM_LOCAL, warnings] of [
        ["false", 1],
        ["true", 0],
      ] as const) {
        const worker = await startWorkerProcess({ url, appUrl: url }, { ...ofOurOwn, TILLSTREAM_LOCAL });
        const isRunning = () => worker.lines.some((line) => line.includes("worker is running"));
        await vi.waitFor(() => expect([worker.isRunning(), isRunning()]).toEqual([true, true]), PATIENCE);
        await worker.end("SIGTERM");
        expect(worker.lines.filter((line) => line.includes("SMTP_URL is not set"))).toHaveLength(warnings);
      }
    } finally {
      await pool.query(`DROP ROLE ${role}`);
    }
  },
  TEST_MS,
);
