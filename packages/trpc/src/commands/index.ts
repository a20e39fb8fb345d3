/** Commands on the browser's side: one mechanism for every mutation of both apps. */
export { forgetIntentions } from "./browser-intentions.ts";
export { createCommand, isUnsettled } from "./command.ts";
export type { AskedCommand, Command, CommandCall, CommandContext, CommandOptions, CommandState } from "./command.ts";
export { isAnotherIdentity, readFailure } from "./failure.ts";
export type { Failure, FieldProblem } from "./failure.ts";
export { createIntentions } from "./intentions.ts";
export type { Intention, IntentionName, IntentionPorts, Intentions, IntentionStorage } from "./intentions.ts";
export { newKey } from "./new-key.ts";
export { CommandsProvider, useCommand } from "./use-command.tsx";
export type { CommandInUse, UseCommandOptions } from "./use-command.tsx";
export { GUEST } from "../spoken-for.ts";
