/** Commands on the browser's side: one mechanism for every mutation of both apps. */
export * from "./core.ts";
export { forgetIntentions } from "./browser-intentions.ts";
export { newKey } from "./new-key.ts";
export { CommandsProvider, useCommand } from "./use-command.tsx";
export type { CommandInUse, UseCommandOptions } from "./use-command.tsx";
