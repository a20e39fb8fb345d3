import type { Money as MoneyValue } from "@tillstream/commerce";

/** As it was saved in the account. */
export interface SavedAddress {
  readonly id: string;
  readonly name: string;
  readonly line1: string;
  readonly line2?: string;
  readonly city: string;
  readonly region?: string;
  readonly postalCode?: string;
  readonly country: string;
}

export interface CheckoutViewProps {
  readonly shopper: { readonly id: string; readonly name: string; readonly email: string } | null;
  /** The default first. */
  readonly addresses: readonly SavedAddress[];
  readonly credit?: MoneyValue | undefined;
}
