/** A cause that the shop knows by name, in place of what the alert alone would say. */
import type { Evidence, SafeStep } from "@tillstream/eventing";

export interface KnownCause extends Evidence {
  /** For scripts. */
  readonly code: string;
  /** What else speaks for it. */
  readonly evidence?: readonly Evidence[];
  /** What to do about it, and where: `link` names the way to `path`. */
  readonly action: { readonly says: string; readonly link?: string; readonly step: SafeStep | null };
}
