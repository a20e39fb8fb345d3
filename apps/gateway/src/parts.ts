import type { Clock, IdGenerator } from "@tillstream/runtime";
import type { Faults, Sleep } from "./faults.ts";
import type { Ledger } from "./ledger.ts";
import type { Webhooks } from "./webhooks.ts";

/** What charges and refunds work with. */
export interface GatewayParts {
  readonly ledger: Ledger;
  readonly faults: Faults;
  readonly sleep: Sleep;
  readonly webhooks: Webhooks;
  readonly clock: Clock;
  readonly ids: IdGenerator;
}
