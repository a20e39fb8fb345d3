/**
 * One command of a page: what was pressed is one intention, and stays one until its outcome is known. While it is not, the
 * very same with the very same key is all that can be sent, from whichever tab, after a reload or a lost answer.
 */
import { isAnotherIdentity, isOutcomeUnknown, leavesEarlierTryOpen, readFailure } from "./failure.ts";
import type { Failure } from "./failure.ts";
import type { Intention, IntentionName, Intentions } from "./intentions.ts";

/** What the client sends with a command. A type and not an interface: tRPC asks for an index signature. */
export type CommandContext = {
  readonly idempotencyKey: string;
  /** Who the page believes it speaks for. */
  readonly as: string;
};

export interface CommandCall {
  readonly context: CommandContext;
  readonly signal: AbortSignal;
}

export interface CommandState<Input, Output> {
  /** `unknown`: it was sent, and it is not known yet whether it was carried out. */
  readonly state: "idle" | "sending" | "unknown" | "refused" | "done";
  /** `sending` what was unknown. */
  readonly asking?: boolean;
  /** What is being sent, what is not known about, or what was refused. */
  readonly pending?: Input;
  /** Why it was refused, or why the outcome is still unknown. */
  readonly failure?: Failure;
  readonly result?: Output;
  /** What its person had sent when they turned out to be signed out. For the form to begin with. */
  readonly kept?: Input;
}

export interface CommandOptions {
  readonly intentions: Intentions;
  readonly name: IntentionName;
  readonly timeoutMs?: number;
}

export interface CommandHandlers<Input, Output> {
  send(input: Input, call: CommandCall): Promise<Output>;
  /** Part of the sending: the page is `done` when this is. */
  onDone?(output: Output, input: Input): unknown;
  onRefused?(failure: Failure, input: Input): unknown;
}

export interface Command<Input, Output> {
  state(): CommandState<Input, Output>;
  subscribe(listener: () => void): () => void;
  /** From now on these are called: a component has new ones each time it is drawn. */
  handle(handlers: CommandHandlers<Input, Output>): void;
  /** Sends the input. While something else is open under this name nothing is sent, and that is what is unknown. */
  run(input: Input): Promise<CommandState<Input, Output>>;
  /** Sends the open one again, as it was. */
  ask(): Promise<CommandState<Input, Output>>;
  /** Forgets a refusal, a result, or what was kept; what is open stays. */
  reset(): void;
}

/** Any command, for the part of a page that says that its outcome is not known. */
export interface AskedCommand extends Pick<CommandState<unknown, unknown>, "state" | "asking" | "failure"> {
  ask(): Promise<unknown>;
}

/** Sent, and not known about, or being asked about right now. */
export function isUnsettled({ state, asking }: Pick<AskedCommand, "state" | "asking">): boolean {
  return state === "unknown" || asking === true;
}

/** After this time without an answer the outcome counts as unknown. */
const ANSWER_TIMEOUT_MS = 30_000;

export function createCommand<Input, Output>(
  { intentions, name, timeoutMs = ANSWER_TIMEOUT_MS }: CommandOptions,
  handlers?: CommandHandlers<Input, Output>,
): Command<Input, Output> {
  type State = CommandState<Input, Output>;
  let on = handlers;
  const listeners = new Set<() => void>();
  let current: State = found();
  let inFlight: Promise<State> | undefined;

  /** What the intentions say, when nothing is under way here. */
  function found(): State {
    const intention = intentions.find(name);
    if (intention === undefined) return { state: "idle" };
    const input = inputOf(intention);
    return intention.status === "kept" ? { state: "idle", kept: input } : { state: "unknown", pending: input };
  }
  function inputOf({ input }: Intention): Input {
    return JSON.parse(input) as Input; // written by `run`, for the command of this name
  }
  function become(state: State): State {
    current = state;
    listeners.forEach((listener) => listener());
    return state;
  }
  /** Another tab began, or learned of an outcome. */
  function onChange(): void {
    if (inFlight !== undefined) return;
    const open = intentions.find(name)?.status === "open";
    if (open && current.state !== "unknown") become(found());
    if (!open && current.state === "unknown") become(found());
  }
  function once(work: () => Promise<State>): Promise<State> {
    inFlight ??= work().finally(() => (inFlight = undefined));
    return inFlight;
  }

  async function begin(input: Input): Promise<State> {
    become({ state: "sending", pending: input });
    const text = JSON.stringify(input);
    const { intention, joined } = await intentions.begin(name, text);
    if (intention.input !== text) return become({ state: "unknown", pending: inputOf(intention) });
    return carryOut(intention, joined);
  }

  /** @param again whether it may have been sent before; @param asking whether the person knows that */
  async function carryOut(intention: Intention, again: boolean, asking = false): Promise<State> {
    const { key } = intention;
    const input = inputOf(intention);
    become({ state: "sending", pending: input, ...(asking && { asking }) });
    const context = { idempotencyKey: key, as: name.person };
    let result: Output;
    try {
      if (on === undefined) throw new Error(`nobody sends ${name.name}`);
      result = await on.send(input, { context, signal: AbortSignal.timeout(timeoutMs) });
    } catch (error) {
      return onFailure(readFailure(error), { key, input, again });
    }
    intentions.settle(name, key);
    await on.onDone?.(result, input);
    return become({ state: "done", result });
  }

  async function onFailure(
    failure: Failure,
    { key, input, again }: { readonly key: string; readonly input: Input; readonly again: boolean },
  ): Promise<State> {
    if (isOutcomeUnknown(failure) || (again && leavesEarlierTryOpen(failure))) {
      const isOpen = intentions.find(name)?.key === key; // another tab may have had the answer
      return become(isOpen ? { state: "unknown", pending: input, failure } : found());
    }
    if (isAnotherIdentity(failure)) intentions.keep(name, key);
    else intentions.settle(name, key);
    await on?.onRefused?.(failure, input);
    return become({ state: "refused", pending: input, failure });
  }

  return {
    state: () => current,
    subscribe(listener) {
      listeners.add(listener);
      const unsubscribe = intentions.subscribe(onChange);
      onChange();
      return () => {
        listeners.delete(listener);
        unsubscribe();
      };
    },
    handle: (next) => void (on = next),
    run: (input) => once(() => begin(input)),
    ask() {
      const intention = intentions.find(name);
      if (intention?.status === "open") return once(() => carryOut(intention, true, true));
      return Promise.resolve(inFlight === undefined ? become(found()) : current);
    },
    reset() {
      if (inFlight !== undefined || current.state === "unknown") return;
      const intention = intentions.find(name);
      if (intention?.status === "kept") intentions.settle(name, intention.key);
      become({ state: "idle" });
    },
  };
}
