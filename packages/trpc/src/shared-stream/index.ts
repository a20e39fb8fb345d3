export { createSharedStream } from "./shared-stream.ts";
export type { SharedStream } from "./shared-stream.ts";
export { openSubscription } from "./open-subscription.ts";
export { streamOf } from "./subscription.ts";
export { useSharedStream } from "./use-shared-stream.ts";
