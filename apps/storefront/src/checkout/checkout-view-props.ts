import type { Money as MoneyValue } from "@tillstream/commerce";

export interface CheckoutViewProps {
  readonly shopper: { readonly id: string; readonly name: string; readonly email: string } | null;
  readonly credit?: MoneyValue | undefined;
}
