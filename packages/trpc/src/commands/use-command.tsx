"use client";
/** A command in a component: what `createCommand` is about, for the person whom the page speaks for. */
import { createContext, use, useEffect, useEffectEvent, useMemo, useSyncExternalStore } from "react";
import type { ReactNode } from "react";
import { GUEST } from "../spoken-for.ts";
import { browserIntentions } from "./browser-intentions.ts";
import { createCommand } from "./command.ts";
import type { Command, CommandHandlers, CommandState } from "./command.ts";

const PersonContext = createContext<string>(GUEST);

/** Says for whom the page speaks: the id of who was signed in when it was made, or "guest". */
export function CommandsProvider({ person, children }: { person: string; children: ReactNode }) {
  return <PersonContext value={person}>{children}</PersonContext>;
}

export interface UseCommandOptions<Input, Output> extends CommandHandlers<Input, Output> {
  /** The procedure, such as `account.deposit`. */
  readonly name: string;
  /** What it is about, where a page has several: an order's id. */
  readonly subject?: string;
  /** Gives back, after signing in again, what had been sent while signed out. Called once. */
  onKept?(input: Input): void;
}

export type CommandInUse<Input, Output> = CommandState<Input, Output> &
  Pick<Command<Input, Output>, "run" | "ask" | "reset">;

const NOTHING_YET = { state: "idle" } as const;

export function useCommand<Input, Output>(options: UseCommandOptions<Input, Output>): CommandInUse<Input, Output> {
  const { name, subject = "" } = options;
  const person = use(PersonContext);
  const command = useMemo(
    () => createCommand<Input, Output>({ intentions: browserIntentions(), name: { person, name, subject } }),
    [person, name, subject],
  );
  useEffect(() => command.handle(options));
  const state = useSyncExternalStore(command.subscribe, command.state, () => NOTHING_YET);
  const { kept } = state;
  const giveBack = useEffectEvent((input: Input) => {
    if (options.onKept === undefined) return;
    options.onKept(input);
    command.reset();
  });
  useEffect(() => {
    if (kept !== undefined) giveBack(kept);
  }, [kept]);
  return { ...state, run: command.run, ask: command.ask, reset: command.reset };
}
