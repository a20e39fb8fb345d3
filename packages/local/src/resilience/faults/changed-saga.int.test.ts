/** A worker whose saga changed under its version, started while a run that began before is under way. */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { createSimulatedGateway, describeDeployment, placeOrder } from "@tillstream/commerce";
import { createTestShop, orderInput, startGatewayProcess } from "@tillstream/commerce/testing";
import type { TestShop } from "@tillstream/commerce/testing";
import { beginRun } from "@tillstream/eventing";
import type { Saga } from "@tillstream/eventing";
import { sql } from "@tillstream/runtime";
import { expect, it, vi } from "vitest";
import { childEnv } from "../../environment/child-env.ts";
import { REPOSITORY_ROOT } from "../../environment/places.ts";
import { freePorts } from "../../environment/ports.ts";
import { httpLedger, settled, verify } from "../../operations/verify/index.ts";

const SETTLE_MS = 120_000;
const PATIENCE = { timeout: 60_000, interval: 50 };

/** The checkout as it was: with one step that was removed since. */
const earlier = (saga: Saga): Saga =>
  saga.name === "checkout"
    ? { ...saga, steps: saga.steps.toSpliced(2, 0, { name: "checkForFraud", action: {} }) }
    : saga;

function startWorker(
  shop: TestShop,
  gatewayUrl: string,
  port: number,
): ChildProcess & { readonly stdout: NodeJS.ReadableStream } {
  return spawn(process.execPath, ["apps/worker/src/main.ts"], {
    cwd: REPOSITORY_ROOT,
    stdio: ["ignore", "pipe", "ignore"],
    env: childEnv({
      DATABASE_URL: shop.test.url,
      APP_DATABASE_URL: shop.test.appUrl,
      WORKER_PORT: String(port),
      GATEWAY_URL: gatewayUrl,
      SHIPPING_DELAY_MS: "1",
      LOG_LEVEL: "warn",
    }),
  });
}

it("it does not start and says why; the run ends under its own definition, and then the worker starts", async () => {
  await using shop = await createTestShop();
  await using gateway = await startGatewayProcess();
  const [port = 0] = await freePorts(1);
  const order = async () => {
    const placed = await placeOrder(shop.context(), orderInput());
    return placed.orderId;
  };
  const statusOf = async (orderId: string) =>
    (
      await shop.database.query<{ status: string }>(
        sql`SELECT status FROM sagas WHERE saga_id = ${`checkout:${orderId}`}`,
      )
    )[0]?.status;

  const subject = await order();
  const old =
    describeDeployment()
      .sagas.map(earlier)
      .find(({ name }) => name === "checkout") ?? expect.fail();
  await shop.database.transaction((tx) =>
    beginRun(tx, old, { subject, input: { orderId: subject }, correlationId: "c" }),
  );

  const refused = startWorker(shop, gateway.url, port);
  const [output, [code]] = await Promise.all([text(refused.stdout), once(refused, "exit")]);
  expect(code).toBe(1);
  expect(output).toContain(
    `This worker does not start. saga checkout v1 has 1 run(s) under way, such as checkout:${subject}, and its step 3 was ` +
      "checkForFraud (never undone) and is reserveStock: put v1 back as it was, give the change a new version, and keep v1 beside it " +
      "until its runs have ended.",
  );
  expect(await statusOf(subject)).toBe("running");

  await shop.settle(createSimulatedGateway(gateway.url), undefined, { alter: earlier });
  expect(await statusOf(subject)).toBe("completed");
  const worker = startWorker(shop, gateway.url, port);
  try {
    const next = await order();
    await vi.waitFor(async () => expect(await statusOf(next)).toBe("completed"), PATIENCE);
    expect(await settled(shop.database, SETTLE_MS)).toBeUndefined();
    const findings = await verify(shop.database, { gateway: httpLedger(gateway.url) });
    expect(findings.filter(({ status }) => status !== "holds")).toEqual([]);
  } finally {
    worker.kill("SIGKILL");
    await once(worker, "exit");
  }
}, 300_000);
