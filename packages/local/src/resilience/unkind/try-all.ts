/** Sends requests one after the other and reports every answer that we must not give. */
import { ask } from "./ask.ts";
import type { Answer, Asked } from "./ask.ts";
import { faultsOf } from "./faults-of.ts";
import type { Written } from "./written.ts";

const ANSWER_MS_MAX = 1_000;
/** A machine that is busy with something else answers nothing in time: so much longer than the plainest request may an answer take. */
const TIMES_THE_PLAINEST_MAX = 20;
const TRIES = 5;

/**
 * What a refusal may write. A command that was carried out under its key to the end, and refused there, keeps that for its answer;
 * who may ask how often, and how many webhooks were refused, is counted. A mail, and its link, is an earlier request's: it is written
 * after the answer.
 */
const KEPT_OF_REFUSALS: readonly string[] = [
  "idempotency_keys",
  "rate_limits",
  "payment_webhook_counts",
  "mail_messages",
  "subject_keys",
  "auth_verifications",
];

export interface TryOptions {
  readonly written: Written;
  readonly bodyBytesMax: number;
  /** The plainest request to the same server. */
  readonly plainest: Asked;
  /** What answers later on purpose, and after how long at the most. */
  readonly waitsMs?: number;
  readonly newKey: () => string;
}

export interface Tried {
  readonly statuses: ReadonlyMap<number, number>;
  readonly changed: ReadonlySet<string>;
  /** Each kind once, with the request that shows it. */
  readonly faults: readonly string[];
}

export async function tryAll(cases: readonly Asked[], options: TryOptions): Promise<Tried> {
  const statuses = new Map<number, number>();
  const changed = new Set<string>();
  const faults = new Map<string, string>();
  for (const asked of cases) {
    const answer = await ask(asked);
    const tables = await options.written.changed();
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    const refused = answer.status === 0 || answer.status >= 400;
    if (!refused) for (const table of tables) changed.add(table);
    const wrong = tables.filter((table) => refused && !KEPT_OF_REFUSALS.includes(table));
    const all = [
      ...faultsOf(asked, answer, options.bodyBytesMax),
      ...(wrong.length === 0 ? [] : [`refused, and wrote to ${wrong.join(", ")}`]),
      ...((await isInTime(asked, answer, options)) ? [] : ["answers late"]),
    ];
    for (const fault of all) if (!faults.has(fault)) faults.set(fault, `${fault}: ${shown(asked, answer)}`);
  }
  return { statuses, changed, faults: [...faults.values()] };
}

/** A late answer is the request's fault when it is late each time that it is asked, and the plainest one beside it is not. */
async function isInTime(asked: Asked, answer: Answer, { plainest, waitsMs = 0, newKey }: TryOptions): Promise<boolean> {
  let { ms } = answer;
  for (let tries = 0; ms - waitsMs > ANSWER_MS_MAX; tries += 1) {
    const beside = await ask(plainest);
    if (ms - waitsMs < beside.ms * TIMES_THE_PLAINEST_MAX) return true;
    if (tries === TRIES) return false;
    ({ ms } = await ask({ ...asked, headers: { ...asked.headers, "idempotency-key": newKey() } }));
  }
  return true;
}

function shown({ method, url, headers, body = "" }: Asked, { status, text, ms }: Answer): string {
  const sent = `${method} ${url.slice(0, 300)} ${JSON.stringify(headers).slice(0, 300)} ${String(body).slice(0, 300)}`;
  return `${sent} => ${status} ${text.slice(0, 500)} (${Math.round(ms)} ms)`;
}
