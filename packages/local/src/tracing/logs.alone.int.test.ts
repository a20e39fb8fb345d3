import { createLogger, sql, startTracing } from "@tillstream/runtime";
import { expect, test, vi } from "vitest";
import { publishSettings } from "../environment/child-env.ts";
import { startRunningShop } from "../testing/running-shop.ts";
import { startTraceCollector } from "../testing/trace-collector.ts";

const WAIT = { timeout: 60_000, interval: 250 };
/** In each of them stands "canary", in no text of ours. */
const PERSON = { email: "canary.person@canary.example", name: "Canary Person", line1: "1 Canary Lane" };
const ORDER = {
  email: PERSON.email,
  shippingAddress: { name: PERSON.name, line1: PERSON.line1, city: "Town", postalCode: "12345", country: "US" },
};

interface Line {
  readonly name: string;
  readonly msg: string;
  readonly correlationId?: string;
  readonly trace_id?: string;
  readonly [field: string]: unknown;
}

/** `worker: {"level":...}` */
function read(line: string): Line {
  return JSON.parse(line.slice(line.indexOf("{"))) as Line;
}

test(
  "logs and traces name commands by their ids, and nobody by name, also when things fail",
  { timeout: 180_000 },
  async () => {
    await using collector = await startTraceCollector();
    const exporting = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
    publishSettings(exporting);
    const stop = await startTracing("storefront", createLogger("storefront", "silent"));
    await using shop = await startRunningShop({ ...exporting, SHIPPING_DELAY_MS: "1", LOG_LEVEL: "trace" });
    const { database: db } = shop;
    const lines = () =>
      shop
        .output()
        .filter((line) => line.includes("{"))
        .map(read);
    async function place(changes: object, status = 200): Promise<string> {
      const answer = await shop.ask("checkout.placeOrder", { ...ORDER, ...changes });
      expect(answer.status).toBe(status);
      return answer.headers.get("x-correlation-id") ?? "";
    }
    const logged = (fields: Partial<Line>) =>
      vi.waitFor(() => expect(lines()).toContainEqual(expect.objectContaining(fields)), WAIT);

    // What each of them makes Postgres say quotes the whole row.
    await db.query(sql`ALTER TABLE mail_messages ADD CONSTRAINT no_mail CHECK (order_id IS NULL)`);
    await db.query(sql`ALTER TABLE orders ADD CONSTRAINT no_order CHECK (shipping_address ->> 'city' <> 'Nothing')`);
    const unmailed = await place({});
    const declined = await place({ payment: { method: "card", token: "tok_canary_4242" } });
    const unshipped = await place({ shippingAddress: { ...ORDER.shippingAddress, city: "Nowhere" } });
    const failed = await place({ shippingAddress: { ...ORDER.shippingAddress, city: "Nothing" } }, 500);

    await logged({ msg: "event failed: its stream is blocked", subscription: "mail", correlationId: unmailed });
    await logged({ msg: "saga step refused", step: "charge", correlationId: declined });
    await logged({ msg: "event failed again", subscription: "shipping", correlationId: unshipped });
    await logged({ msg: "procedure failed", path: "checkout.placeOrder", correlationId: failed });
    await stop();

    const all = lines();
    const ofCommands = all.filter((line) => "eventId" in line || "sagaId" in line || "path" in line);
    expect(ofCommands.filter(({ correlationId }) => correlationId === undefined)).toEqual([]);
    expect(all.find(({ correlationId }) => correlationId === failed)?.trace_id).toMatch(/^[\da-f]{32}$/);
    expect(all.find(({ correlationId }) => correlationId === declined)?.trace_id).toMatch(/^[\da-f]{32}$/);

    expect(shop.output().filter((line) => /canary/i.test(line))).toEqual([]);
    // The worker sends its spans when it has some.
    await vi.waitFor(() => expect(collector.bodies.join("\n")).toContain(declined), WAIT);
    expect(collector.bodies.join("\n")).not.toMatch(/canary/i);
  },
);
