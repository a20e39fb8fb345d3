/** Checking a password takes longer than changing it. Each statement here is held where the other request comes in between. */
import { sql } from "@tillstream/runtime";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { cookiesOf, createLoginShop, createTestShop, PASSWORD, tokenIn } from "../testing/index.ts";
import type { LoginShop, TestShop } from "../testing/index.ts";

const NEW_PASSWORD = "another long password";
const OWNER = "ines@example.com";
const SESSION_MADE = /insert into "?auth_sessions/i;
const PASSWORD_WRITTEN = /update "?auth_credentials/i;

let shop: TestShop;
let logins: LoginShop;
let door: ReturnType<LoginShop["start"]>;
beforeEach(async () => {
  shop = await createTestShop();
  logins = createLoginShop(shop);
  door = logins.start("none");
});
afterEach(async () => {
  await logins[Symbol.asyncDispose]();
  await shop[Symbol.asyncDispose]();
});

const change = (cookie: string, newPassword: string) =>
  door.post("/change-password", { currentPassword: PASSWORD, newPassword }, { cookie });

async function linkToReset(): Promise<string> {
  await door.ask(OWNER);
  return tokenIn((await logins.mailsTo(OWNER, 1, "Set a new password"))[0]);
}

/** Both ways to change a password, ready to be gone. */
async function ways(): Promise<Record<"reset" | "change", () => Promise<Response>>> {
  const cookie = cookiesOf(await door.signUp(OWNER));
  const token = await linkToReset();
  return { reset: () => door.reset(token, NEW_PASSWORD), change: () => change(cookie, NEW_PASSWORD) };
}

describe.each(["reset", "change"] as const)("while the password is changed (%s)", (way) => {
  it("a sign-in that has checked the old one gets no session", async () => {
    const setPassword = (await ways())[way];
    const held = logins.hold(SESSION_MADE);
    const signIn = door.signIn(OWNER, PASSWORD);
    await held.reached;
    expect((await setPassword()).status).toBe(200);
    held.release();
    expect((await signIn).status).toBe(401);
    expect((await door.signIn(OWNER, NEW_PASSWORD)).status).toBe(200);
  });

  it("a session that was opened just before ends with it", async () => {
    const setPassword = (await ways())[way];
    const held = logins.hold(PASSWORD_WRITTEN);
    const changed = setPassword();
    await held.reached;
    const opened = cookiesOf(await door.signIn(OWNER, PASSWORD));
    held.release();
    expect((await changed).status).toBe(200);
    expect(await door.person(opened)).toBeUndefined();
  });

  it("no session of the old one is left, whenever it was asked for", async () => {
    const setPassword = (await ways())[way];
    const signIns: Promise<Response>[] = [];
    const changed = setPassword();
    let isOver = false;
    void changed.finally(() => (isOver = true));
    while (!isOver) {
      signIns.push(door.signIn(OWNER, PASSWORD));
      await shop.database.query(sql`SELECT 1`);
      if (signIns.length % 4 === 0) await Promise.race(signIns.slice(-4));
    }
    expect((await changed).status).toBe(200);
    const opened = (await Promise.all(signIns)).map(cookiesOf).filter((cookies) => cookies.includes("session"));
    expect(await Promise.all(opened.map(door.person))).toEqual(opened.map(() => undefined));
  });
});

it("a change by the old password does not undo a reset that came first", async () => {
  const { reset, change: changed } = await ways();
  const held = logins.hold(PASSWORD_WRITTEN);
  const late = changed();
  await held.reached;
  expect((await reset()).status).toBe(200);
  held.release();
  expect((await late).status).toBe(401);
  expect((await door.signIn(OWNER, NEW_PASSWORD)).status).toBe(200);
  expect(await shop.database.query(sql`SELECT FROM auth_sessions`)).toHaveLength(1);
});

describe("while the account is erased", () => {
  it.each(["sign-in", "change"])("a %s is refused as signed out, and nothing of it is dumped", async (way) => {
    const dumped = vi.spyOn(console, "error");
    const cookie = cookiesOf(await door.signUp(OWNER));
    const held = logins.hold(SESSION_MADE);
    const late = way === "change" ? change(cookie, NEW_PASSWORD) : door.signIn(OWNER, PASSWORD);
    await held.reached;
    await shop.database.query(sql`DELETE FROM auth_users`);
    held.release();
    expect((await late).status).toBe(401);
    expect(dumped).not.toHaveBeenCalled();
    dumped.mockRestore();
  });

  it("a link to set a password is over", async () => {
    const { reset } = await ways();
    const held = logins.hold(PASSWORD_WRITTEN);
    const answer = reset();
    await held.reached;
    await shop.database.query(sql`DELETE FROM auth_users`);
    held.release();
    const late = await answer;
    expect([late.status, await late.json()]).toEqual([400, expect.objectContaining({ code: "INVALID_TOKEN" })]);
  });
});
