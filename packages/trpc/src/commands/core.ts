/** Commands on the caller's side, without a browser and without React. */
export { createCommand, isUnsettled } from "./command.ts";
export type {
  AskedCommand,
  Command,
  CommandCall,
  CommandContext,
  CommandHandlers,
  CommandOptions,
  CommandState,
} from "./command.ts";
export { isAnotherIdentity, readFailure } from "./failure.ts";
export type { Failure, FieldProblem } from "./failure.ts";
export { createIntentions } from "./intentions.ts";
export type { Intention, IntentionName, IntentionPorts, Intentions, IntentionStorage } from "./intentions.ts";
export { GUEST } from "../spoken-for.ts";
