/**
 * Answers that are the same for everybody and may be some minutes old, kept in this process. A question that fails is asked
 * again; while one is under way, nobody asks a second time.
 */
import { monotonicMs } from "@tillstream/runtime";

/** More would be a mistake: the keys are not to grow with what visitors type. */
const KEPT_MAX = 300;

interface Kept {
  readonly answer: Promise<unknown>;
  readonly until: number;
}

const kept = new Map<string, Kept>();

export function remembered<Answer>(key: string, forMs: number, question: () => Promise<Answer>): Promise<Answer> {
  const known = kept.get(key);
  if (known !== undefined && monotonicMs() < known.until) return known.answer as Promise<Answer>; // kept under its key alone
  const answer = question();
  kept.delete(key);
  kept.set(key, { answer, until: monotonicMs() + forMs });
  const [oldest] = kept.keys();
  if (kept.size > KEPT_MAX && oldest !== undefined) kept.delete(oldest);
  answer.catch(() => kept.get(key)?.answer === answer && kept.delete(key));
  return answer;
}
