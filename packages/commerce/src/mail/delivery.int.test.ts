import { cutWaits, destroyKeys } from "@tillstream/eventing";
import { createLogger, InvalidSettingsError, readEnv, repeat, sql, systemScheduler } from "@tillstream/runtime";
import { createCallerFactory } from "@tillstream/trpc";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { adminRouter } from "../routers.ts";
import { createTestShop, shopper, startMailServer } from "../testing/index.ts";
import type { TestMailServer, TestShop } from "../testing/index.ts";
import { deliverMails, MAIL_WAIT, mailDelivery } from "./delivery.ts";
import type { MailDelivery } from "./delivery.ts";
import { letterOf } from "./letter.ts";
import { createMailServer } from "./mail-server.ts";
import { localInbox } from "./mailer.ts";
import type { Mail } from "./mailer.ts";
import { mailSettings } from "../settings.ts";

const MAIL_FROM = "Fernhill <orders@fernhill.example>";
const HOUR_MS = 3_600_000;

let shop: TestShop;
let smtp: TestMailServer;
beforeEach(async () => {
  [shop, smtp] = [await createTestShop(), await startMailServer()];
});
afterEach(async () => {
  await smtp[Symbol.asyncDispose]();
  await shop[Symbol.asyncDispose]();
});

/** A worker's part in it, with what it logs. */
function createDelivery(url = smtp.url): MailDelivery & { readonly lines: string[] } {
  const lines: string[] = [];
  const logger = createLogger("test", "info", { write: (line) => lines.push(line) });
  const server = createMailServer({ SMTP_URL: url, MAIL_FROM }, logger) ?? expect.fail("it has an address");
  return { db: shop.database, keyring: shop.services.keyring, logger, server, lines };
}

async function write(name: string, changes: Partial<Mail> = {}): Promise<void> {
  await localInbox(shop.services.keyring).send(shop.database, {
    dedupeKey: `test:${name}`,
    recipient: `${name}@example.com`,
    subject: `To ${name}`,
    body: "See https://shop.example/orders/1?token=abc",
    sealedFor: name,
    ...changes,
  });
}

const writeMany = async (count: number) => {
  for (let at = 0; at < count; at += 1) await write(`n${at}`);
};
const makeDue = () =>
  shop.database.query(sql`UPDATE mail_messages SET next_attempt_at = now() WHERE next_attempt_at IS NOT NULL`);
const recipients = () => smtp.taken.map(({ recipient }) => recipient);
/** Of the one mail. */
async function state(): Promise<{
  attempts: number;
  waitMs: number | null;
  isDelivered: boolean;
  error: string | null;
}> {
  const [row] = await shop.database.query<Awaited<ReturnType<typeof state>>>(sql`
    SELECT attempts, (extract(epoch FROM next_attempt_at - now()) * 1000)::int AS "waitMs",
      delivered_at IS NOT NULL AS "isDelivered", delivery_error AS error FROM mail_messages`);
  return row ?? expect.fail("no mail was written");
}

it("a mail reaches its reader as it was written, from the shop, and says who should not answer it", async () => {
  await write("ines", { recipient: "ines+üben@xn--80a1acny.xn--p1ai", subject: "Grüße" });
  await deliverMails(createDelivery());
  expect(recipients()).toEqual(["ines+üben@почта.рф"]); // the server decodes it
  const source = smtp.taken[0]?.source ?? "";
  for (const header of [
    "From: Fernhill <orders@fernhill.example>",
    "Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=",
    "Auto-Submitted: auto-generated",
    "Content-Type: text/plain; charset=utf-8",
  ])
    expect(source.split("\r\n")).toContain(header);
  expect(source).toContain("https://shop.example/orders/1?token=");
  expect(await state()).toMatchObject({ isDelivered: true, waitMs: null, error: null });
});

it("a letter goes out as text and as HTML, which say the same", async () => {
  await write(
    "ines",
    letterOf("Welcome", ["Hello.", "", { link: "Look around", url: "https://shop.example/products" }]),
  );
  await deliverMails(createDelivery());
  const source = smtp.taken[0]?.source ?? "";
  expect(source).toContain("Content-Type: multipart/alternative");
  expect(source).toMatch(
    /text\/plain[^]*Hello\.[^]*Look around:\r\nhttps:\/\/shop\.example\/products[^]*text\/html[^]*<h1/,
  );
});

it("two workers deliver each mail once, the oldest first, and none again", async () => {
  await writeMany(60);
  const stop = new AbortController();
  const workers = [createDelivery(), createDelivery()].map((delivery) =>
    repeat(mailDelivery(delivery), { ...delivery, scheduler: systemScheduler, signal: stop.signal }),
  );
  await vi.waitUntil(() => smtp.taken.length >= 60, 20_000);
  await makeDue();
  stop.abort();
  await Promise.all(workers);
  expect(recipients().toSorted()).toEqual(Array.from({ length: 60 }, (_, at) => `n${at}@example.com`).toSorted());
  expect(await deliverMails(createDelivery())).toBe(0);
  expect(new Set(smtp.taken.map(({ messageId }) => messageId)).size).toBe(60);
  expect(recipients().slice(0, 20)).not.toContain("n59@example.com");
});

describe("a mail server that is away", () => {
  it("is told of once, keeps all mails, and gets them when it is back", async () => {
    await writeMany(25);
    await smtp.stop();
    const delivery = createDelivery();
    for (let round = 0; round < 3; round += 1) expect(await deliverMails(delivery)).toBe(0);
    expect(await delivery.server.health()).toBe("away");
    expect(delivery.lines.filter((line) => line.includes("the mail server is away"))).toHaveLength(1);
    const [tried] = await shop.database.query(sql`
      SELECT max(attempts) AS attempts, max(next_attempt_at) < now() + interval '6 s' AS soon FROM mail_messages`);
    expect(tried).toEqual({ attempts: 0, soon: true });

    await smtp.start();
    await makeDue();
    while ((await deliverMails(delivery)) > 0);
    expect(new Set(recipients()).size).toBe(25);
    expect(smtp.taken).toHaveLength(25);
    expect(await delivery.server.health()).toBe("ok");
    expect(delivery.lines.filter((line) => line.includes("the mail server is back"))).toHaveLength(1);
  });

  it("is one that wants no mail of ours: a password is not sent in the clear, and no mail is given up for it", async () => {
    await write("ines");
    const delivery = createDelivery(smtp.url.replace("//", "//user:hunter2@"));
    expect(await deliverMails(delivery)).toBe(0);
    expect(await delivery.server.health()).toBe("away");
    expect(await state()).toMatchObject({ attempts: 0, error: expect.stringContaining("STARTTLS") });
    expect(delivery.lines.join()).not.toContain("hunter2");
  });
});

describe("a mail that the server does not take", () => {
  it("is given up at once when the mailbox does not exist, keeps no other waiting, and the console says why", async () => {
    await writeMany(3);
    smtp.refuse = (recipient) => (recipient.startsWith("n1") ? `550 5.1.1 <${recipient}> is unknown` : undefined);
    const delivery = createDelivery();
    expect(await deliverMails(delivery)).toBe(3);
    await makeDue();
    expect(await deliverMails(delivery)).toBe(0);
    expect(recipients().toSorted()).toEqual(["n0@example.com", "n2@example.com"]);
    expect(await delivery.server.health()).toBe("ok");
    const viewer = createCallerFactory(adminRouter)(shop.context({ user: { ...shopper, role: "viewer" } }));
    const { items } = await viewer.mail.list();
    const refused = { isGivenUp: true, deliveredAt: null, deliveryError: "550 5.1.1 <[e-mail]> is unknown" };
    const delivered = { isGivenUp: false, deliveredAt: expect.any(String), deliveryError: null };
    expect(items).toMatchObject([delivered, refused, delivered]);
    expect(delivery.lines.join()).not.toContain("n1@");
  });

  it("is tried again ever later, an hour apart at most, for four days", async () => {
    await write("ines");
    smtp.refuse = () => "451 try again later";
    const delivery = createDelivery();
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      await deliverMails(delivery);
      const { waitMs } = await state();
      waits.push(Math.round((waitMs ?? 0) / 60_000));
      await makeDue();
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
    await shop.database.query(sql`UPDATE mail_messages SET sent_at = now() - interval '4 days 1 min'`);
    await deliverMails(delivery);
    expect(await state()).toMatchObject({
      waitMs: null,
      isDelivered: false,
      error: "451 try again later (given up after 4 days)",
    });
  });

  it("waits for the next attempt also after the clock was set back", async () => {
    await write("ines");
    await shop.database.query(sql`UPDATE mail_messages SET next_attempt_at = now() + interval '3 days'`);
    await cutWaits(shop.database, [MAIL_WAIT]);
    expect((await state()).waitMs).toBeLessThan(HOUR_MS);
  });
});

it("a mail that a dead worker left behind goes out again with the same Message-ID, which says nothing of anybody", async () => {
  await write("ines", { dedupeKey: "link:ines@example.com" });
  await shop.database.query(sql`ALTER TABLE mail_messages ADD CONSTRAINT no_note CHECK (delivered_at IS NULL)`);
  await expect(deliverMails(createDelivery())).rejects.toThrow("no_note");
  await shop.database.query(sql`ALTER TABLE mail_messages DROP CONSTRAINT no_note`);
  expect(await deliverMails(createDelivery())).toBe(0); // that worker might be alive
  await makeDue();
  await deliverMails(createDelivery());
  await makeDue();
  await deliverMails(createDelivery());
  const [first, second, ...more] = smtp.taken;
  expect(more).toEqual([]);
  expect(second).toEqual(first);
  expect(first?.messageId).toMatch(/^<[0-9a-f]{40}@fernhill\.example>$/);
});

it("nothing goes out to somebody who was forgotten meanwhile, and nobody else waits for that", async () => {
  await write("ines");
  await write("otto");
  await destroyKeys(shop.database, ["ines"]);
  await deliverMails(createDelivery());
  await makeDue();
  await deliverMails(createDelivery());
  expect(recipients()).toEqual(["otto@example.com"]);
  const waiting = await shop.database.query(sql`SELECT FROM mail_messages WHERE next_attempt_at IS NOT NULL`);
  expect(waiting).toEqual([]);
});

it("line breaks in a subject or an address add neither a header nor a reader", async () => {
  await write("ines", { subject: "Hello\r\nBcc: eve@example.com\r\n\r\nbody of hers" });
  await write("eve", { recipient: "otto@example.com\r\nRCPT TO:<eve@example.com>" });
  await write("list", { recipient: "otto@example.com, eve@example.com" });
  smtp.refuse = (recipient) => (recipient.includes(",") ? "553 one address" : undefined);
  await deliverMails(createDelivery());
  expect(recipients()).toEqual(["ines@example.com"]);
  const source = smtp.taken[0]?.source ?? "";
  const [headers = ""] = source.split("\r\n\r\n");
  expect(headers).toContain("Subject: Hello Bcc: eve@example.com  body of hers");
  expect(headers).not.toMatch(/^Bcc/im);
});

it("a server without a sender, and addresses that are none, are refused at the start", () => {
  const logger = createLogger("test", "silent");
  expect(() => createMailServer({ SMTP_URL: smtp.url }, logger)).toThrow(InvalidSettingsError);
  expect(() => createMailServer({ MAIL_FROM }, logger)).toThrow(InvalidSettingsError);
  expect(createMailServer({}, logger)).toBeUndefined();
  for (const from of ["Fernhill", "a@b, c@d", "Fernhill <a@b>\r\nBcc: <c@d>", "<a@b>\n"])
    expect(() => readEnv(mailSettings, { MAIL_FROM: from })).toThrow("MAIL_FROM");
  expect(() => readEnv(mailSettings, { SMTP_URL: "http://127.0.0.1" })).toThrow("SMTP_URL");
});
