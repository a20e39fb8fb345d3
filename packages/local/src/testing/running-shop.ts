/** A shop for tests of what runs behind the pages: its database, the real gateway and the real worker as processes, and the HTTP edge of the shop in this one. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { placeOrder, receiveStock, shopRouter } from "@tillstream/commerce";
import { readShopFacts } from "@tillstream/commerce/settings";
import { createDatabase } from "@tillstream/db";
import { createTestDatabase } from "@tillstream/db/testing";
import { createLogger, sql, uuidGenerator } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import { commandContext, createHttpHandler, inProcessServices } from "@tillstream/trpc";
import { freePorts } from "../environment/ports.ts";
import { signalProcess } from "../environment/processes.ts";
import { seedCatalogue } from "../seed/catalogue-rows.ts";
import { superviseProcess } from "../environment/supervisor/supervised-process.ts";
import { serviceSpec } from "../environment/system/services.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const ADDRESS = { name: "Sam", line1: "1 Street", city: "Town", postalCode: "12345", country: "US" };
const PLENTY = 1_000_000;
const POOL_MAX = 16;
const KEPT_LINES_MAX = 10_000;

export interface RunningShop extends AsyncDisposable {
  readonly database: Database;
  readonly gatewayUrl: string;
  readonly workerUrl: string;
  /** What the worker, the gateway and the HTTP edge wrote last. */
  output(): readonly string[];
  placeOrder(): Promise<void>;
  /** Asks a procedure as a guest's page does; an order without lines gets one of something that there is plenty of. */
  ask(procedure: string, input: object, headers?: Record<string, string>): Promise<Response>;
  /** `kill -9`; it is started again at once, as a supervisor would. */
  killWorker(): void;
}

/** @param env for the processes, such as where Kafka is, and how it is used */
export async function startRunningShop(env: Readonly<Record<string, string>>): Promise<RunningShop> {
  const stack = new AsyncDisposableStack();
  const test = stack.use(await createTestDatabase());
  const db = createDatabase({ url: test.appUrl, max: POOL_MAX, applicationName: "test" }, test.database);
  stack.defer(() => db.close());
  await seedCatalogue(test.database);
  const sku = await stockedSku(test.database);
  const [storefront = 0, admin = 0, worker = 0, gateway = 0, postgres = 0, redis = 0] = await freePorts(6);
  const ports = { storefront, admin, worker, gateway, postgres, redis };
  const lines: string[] = [];
  const keep = (name: string, line: string): void => {
    lines.push(`${name}: ${line}`);
    if (lines.length > KEPT_LINES_MAX) lines.shift();
  };
  const { LOG_LEVEL = "warn" } = env;
  const services = inProcessServices({
    db,
    secret: "a secret of the tests",
    shop: readShopFacts(),
    logger: createLogger("storefront", LOG_LEVEL, { write: (line) => keep("storefront", line) }),
  });
  const handle = createHttpHandler({ router: shopRouter, services, sessionOf: () => Promise.resolve(null) });
  const order = {
    lines: [{ sku, quantity: 1 }],
    email: "sam@example.com",
    shippingAddress: ADDRESS,
    payment: { method: "card" as const, token: "tok_visa" },
  };
  const events = {
    onLine: keep,
    onStart: () => undefined,
    onCrash: (name: string, how: string) => keep(name, how),
  };
  const folder = temporaryFolder("kafka-shop");
  stack.defer(() => rmSync(folder, { recursive: true, force: true }));
  const start = (name: "gateway" | "worker") => {
    const ledger = join(folder, "ledger.sqlite");
    const own = {
      DATABASE_URL: test.url,
      APP_DATABASE_URL: test.appUrl,
      GATEWAY_LEDGER: ledger,
      GATEWAY_LATENCY_MS: "1",
    };
    const spec = serviceSpec(name, { mode: "start", ports, env: { LOG_LEVEL, ...own, ...env } });
    const supervised = superviseProcess(spec, events);
    supervised.start();
    stack.defer(() => supervised.stop());
    return supervised;
  };
  start("gateway");
  const running = start("worker");
  return {
    database: test.database,
    gatewayUrl: `http://127.0.0.1:${gateway}`,
    workerUrl: `http://127.0.0.1:${worker}`,
    output: () => lines,
    async placeOrder() {
      const ids = { correlationId: uuidGenerator.next(), idempotencyKey: uuidGenerator.next() };
      await placeOrder(commandContext({ ...services, user: null, ...ids }), order);
    },
    ask: (procedure, input, headers) =>
      handle(
        new Request(`http://shop.test/api/trpc/${procedure}`, {
          method: "POST",
          headers: { "content-type": "application/json", "idempotency-key": uuidGenerator.next(), ...headers },
          body: JSON.stringify(procedure === "checkout.placeOrder" ? { ...order, ...input } : input),
        }),
      ),
    killWorker() {
      const pid = running.pid();
      if (pid !== undefined) signalProcess(pid, "SIGKILL");
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

async function stockedSku(db: Database): Promise<string> {
  const rows = await db.query<{ sku: string }>(sql`SELECT sku FROM product_variants ORDER BY price, sku LIMIT 1`);
  const sku = rows[0]?.sku ?? "";
  await db.transaction((tx) => receiveStock(tx, [{ sku, quantity: PLENTY }]));
  return sku;
}
