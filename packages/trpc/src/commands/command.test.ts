import { describe, expect, it } from "vitest";
import { createCommand } from "./command.ts";
import type { CommandCall, CommandState } from "./command.ts";
import { createIntentions } from "./intentions.ts";
import type { IntentionStorage } from "./intentions.ts";

interface Payment {
  readonly amount: number;
}
type Answer = () => Promise<string>;

class TestStorage implements IntentionStorage {
  readonly entries = new Map<string, string>();
  get length() {
    return this.entries.size;
  }
  key = (index: number) => [...this.entries.keys()][index] ?? null;
  getItem = (key: string) => this.entries.get(key) ?? null;
  setItem = (key: string, value: string) => void this.entries.set(key, value);
  removeItem = (key: string) => void this.entries.delete(key);
}

let keys = 0;

/** Tabs of one browser, and what each of them sends. */
function createBrowser(
  storage: () => IntentionStorage = (
    (own) => () =>
      own
  )(new TestStorage()),
) {
  const sent: { readonly input: Payment; readonly context: CommandCall["context"] }[] = [];
  const answers: Answer[] = [];
  const watchers = new Set<() => void>();
  function tab(person = "ines", options: { onRefused?: () => void; onDone?: () => unknown } = {}) {
    const intentions = createIntentions({
      storage,
      exclusively: async (work) => {
        const result = work();
        watchers.forEach((watcher) => watcher());
        return result;
      },
      newKey: () => `key-${(keys += 1)}`,
      now: () => new Date(keys).toISOString(),
      watch: (listener) => (watchers.add(listener), () => watchers.delete(listener)),
    });
    const name = { person, name: "account.deposit", subject: "" };
    const command = createCommand<Payment, string>(
      { intentions, name },
      {
        ...options,
        send: (input, { context }) => {
          sent.push({ input, context });
          return (answers.shift() ?? answered("done"))();
        },
      },
    );
    command.subscribe(() => undefined);
    return { ...command, intentions };
  }
  return { tab, sent, answers, tell: () => watchers.forEach((watcher) => watcher()) };
}

const answered =
  (value: string): Answer =>
  async () =>
    value;
const failing = (data?: object): Answer => {
  const error = Object.assign(new Error("failed"), data && { data });
  return () => Promise.reject(error);
};
const lost = failing();
const refused = (httpStatus: number, reason: string, more: object = {}) => failing({ httpStatus, reason, ...more });
const brief = ({ state, pending, failure }: CommandState<Payment, string>) => [state, pending?.amount, failure?.reason];
const five = { amount: 5 };

describe("an intention", () => {
  it("is sent once when the button is pressed twice, and a later press is another", async () => {
    const { tab, sent } = createBrowser();
    const one = tab();
    await Promise.all([one.run(five), one.run(five)]);
    await one.run(five);
    expect(sent).toHaveLength(2);
    expect(new Set(sent.map(({ context }) => context.idempotencyKey)).size).toBe(2);
  });

  it.each([
    ["there was no answer", lost],
    ["the server broke", refused(500, "INTERNAL")],
    ["the database was away", refused(503, "DATABASE_UNAVAILABLE", { retryAfterSeconds: 2 })],
    ["it is being carried out", refused(409, "IDEMPOTENCY_KEY_IN_PROGRESS", { retryAfterSeconds: 1 })],
  ])("stays open when %s: only the very same is sent again", async (_, answer) => {
    const { tab, sent, answers } = createBrowser();
    const one = tab();
    answers.push(answer);
    expect((await one.run(five)).state).toBe("unknown");
    expect(brief(await one.run({ amount: 7 })).slice(0, 2)).toEqual(["unknown", 5]);
    expect(sent).toHaveLength(1);
    expect((await one.ask()).state).toBe("done");
    expect(sent[1]).toEqual(sent[0]);
    expect((await one.run({ amount: 7 })).state).toBe("done");
    expect(sent[2]?.context.idempotencyKey).not.toBe(sent[0]?.context.idempotencyKey);
  });

  it("is over with a refusal, and the next press is another", async () => {
    const { tab, sent, answers } = createBrowser();
    const one = tab();
    answers.push(refused(409, "INSUFFICIENT_FUNDS"));
    expect(brief(await one.run(five))).toEqual(["refused", 5, "INSUFFICIENT_FUNDS"]);
    await one.run(five);
    expect(sent[1]?.context.idempotencyKey).not.toBe(sent[0]?.context.idempotencyKey);
  });

  it("whose page was closed is there when it is opened again, for its person only", async () => {
    const { tab, sent, answers } = createBrowser();
    answers.push(() => new Promise(() => undefined));
    void tab().run(five);
    await expect.poll(() => sent.length).toBe(1);
    expect(brief(tab("omar").state())).toEqual(["idle", undefined, undefined]);
    const again = tab();
    expect(brief(again.state())).toEqual(["unknown", 5, undefined]);
    await again.ask();
    expect(sent[1]).toEqual(sent[0]);
  });

  it("is one in two tabs that press at once, and each of them learns what became of it", async () => {
    const { tab, sent, answers, tell } = createBrowser();
    const [one, other] = [tab(), tab()];
    answers.push(lost);
    await Promise.all([one.run(five), other.run(five)]);
    tell();
    expect(new Set(sent.map(({ context }) => context.idempotencyKey)).size).toBe(1);
    expect([one.state().state, other.state().state].toSorted()).toEqual(["done", "idle"]);
  });

  it("that another tab has open shows here, and goes when that tab has its answer", async () => {
    const { tab, answers, tell } = createBrowser();
    const [one, other] = [tab(), tab()];
    answers.push(lost);
    await one.run(five);
    expect(other.state().state).toBe("unknown");
    await one.ask();
    tell();
    expect(other.state().state).toBe("idle");
  });

  it("shows as being asked about, from the question to its answer", async () => {
    const { tab, answers } = createBrowser();
    const one = tab();
    answers.push(lost);
    await one.run(five);
    const asked = one.ask();
    expect(one.state()).toMatchObject({ state: "sending", asking: true });
    expect(await asked).toEqual({ state: "done", result: "done" });
  });

  it("is done when what follows from it is, whatever comes of that", async () => {
    const { tab } = createBrowser();
    let followed = false;
    const one = tab("ines", { onDone: () => (followed = true) });
    await one.run(five);
    expect(followed).toBe(true);
  });
});

describe("when its person is signed out, or another is signed in", () => {
  const gone = [refused(401, "SIGNED_OUT"), refused(409, "SIGNED_IN_AS_ANOTHER")] as const;

  it.each(gone)("nothing is open, and what was typed is kept for them", async (answer) => {
    const { tab, sent, answers } = createBrowser();
    answers.push(answer);
    expect((await tab().run(five)).state).toBe("refused");
    expect(tab("omar").state()).toEqual({ state: "idle" });
    const back = tab();
    expect(back.state()).toEqual({ state: "idle", kept: five });
    await back.run(five);
    expect(sent[1]?.context.idempotencyKey).not.toBe(sent[0]?.context.idempotencyKey);
    expect(tab().state()).toEqual({ state: "idle" });
  });

  it.each(gone)("an earlier try whose answer got lost stays open, and is asked about by them only", async (answer) => {
    const { tab, sent, answers } = createBrowser();
    answers.push(lost, answer);
    const one = tab();
    await one.run(five);
    expect((await one.ask()).state).toBe("unknown");
    expect(tab("omar").state().state).toBe("idle");
    expect((await tab().ask()).state).toBe("done");
    expect(new Set(sent.map(({ context }) => `${context.idempotencyKey} ${context.as}`)).size).toBe(1);
  });
});

it("a refusal for the moment says nothing of an earlier try whose answer got lost", async () => {
  const { tab, answers } = createBrowser();
  answers.push(lost, refused(429, "SLOW_DOWN", { retryAfterSeconds: 9 }));
  const one = tab();
  await one.run(five);
  expect(brief(await one.ask())).toEqual(["unknown", 5, "SLOW_DOWN"]);
  answers.push(refused(409, "TAKEN", { retryAfterSeconds: 1 }));
  expect((await tab("omar").run(five)).state).toBe("refused");
});

it("after signing out nobody finds what was open or kept", async () => {
  const { tab, answers } = createBrowser();
  answers.push(lost);
  const one = tab();
  await one.run(five);
  one.intentions.forgetAll();
  expect(tab().state()).toEqual({ state: "idle" });
});

describe("where site data is blocked, or the storage is full", () => {
  const blocked = (): IntentionStorage => {
    throw new DOMException("denied", "SecurityError");
  };
  const full = Object.assign(new TestStorage(), {
    setItem: () => {
      throw new DOMException("full", "QuotaExceededError");
    },
  });
  it.each([
    ["blocked", blocked],
    ["full", () => full],
  ])("(%s) an intention is kept for as long as the page lives", async (_, storage) => {
    const { tab, sent, answers } = createBrowser(storage);
    answers.push(lost);
    const one = tab();
    expect((await one.run(five)).state).toBe("unknown");
    expect((await one.ask()).state).toBe("done");
    expect(sent[1]).toEqual(sent[0]);
  });

  it("one whose key the server has forgotten is not repeated", () => {
    const storage = new TestStorage();
    let now = new Date(0).toISOString();
    const open = () =>
      createIntentions({
        storage: () => storage,
        exclusively: async (work) => work(),
        newKey: () => "k",
        now: () => now,
      });
    const name = { person: "ines", name: "account.deposit", subject: "" };
    void open().begin(name, "{}");
    now = new Date(24 * 60 * 60 * 1_000).toISOString();
    expect(open().find(name)).toMatchObject({ key: "k" });
    now = new Date(24 * 60 * 60 * 1_000 + 1).toISOString();
    expect(open().find(name)).toBeUndefined();
  });

  it("a foreign value in its place is not an intention", () => {
    const storage = new TestStorage();
    const name = { person: "ines", name: "account.deposit", subject: "" };
    const place = `tillstream.intention:${JSON.stringify(["ines", "account.deposit", ""])}`;
    const { intentions } = createBrowser(() => storage).tab();
    for (const text of ["{", "null", '"x"', '{"key":1}', '{"key":"k","input":"{"}']) {
      storage.setItem(place, text);
      expect(intentions.find(name)).toBeUndefined();
    }
  });

  it("of very many the oldest go", async () => {
    const storage = new TestStorage();
    const { intentions } = createBrowser(() => storage).tab();
    for (let index = 0; index < 230; index += 1) {
      await intentions.begin({ person: "ines", name: "sagas.operate", subject: String(index) }, "{}");
    }
    const found = (subject: string) => intentions.find({ person: "ines", name: "sagas.operate", subject });
    expect(storage.length).toBe(200);
    expect([found("0"), found("229")?.input]).toEqual([undefined, "{}"]);
  });
});

it("an answer that never comes is an outcome that is not known", async () => {
  const { intentions } = createBrowser().tab();
  const command = createCommand<Payment, string>(
    { intentions, name: { person: "ines", name: "account.deposit", subject: "" }, timeoutMs: 5 },
    {
      send: (_, { signal }) =>
        new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(new Error("aborted")))),
    },
  );
  expect(brief(await command.run(five))).toEqual(["unknown", 5, "UNREACHABLE"]);
});
