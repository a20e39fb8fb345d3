"use client";
/** The page no longer speaks for the person it was made for: says so, with the ways to go on. */
import { Banner } from "@tillstream/ui";
import { SignInLink } from "../shop/sign-in-link.tsx";
import { useCart } from "./cart-provider.tsx";
import { GoOnAsGuest } from "./go-on-as-guest.tsx";

export interface StrangerProps {
  /** Before the page opens again for a guest. */
  readonly onGuest?: () => void;
}

export function Stranger({ onGuest }: StrangerProps) {
  const { stranger } = useCart();
  if (stranger === undefined) return null;
  const isOut = stranger === "signedOut";
  return (
    <Banner tone="waiting" role="alert" title={isOut ? "You have been signed out" : "Somebody else has signed in here"}>
      <p>This cart belongs to the account that this page was opened with. What you chose and typed is kept.</p>
      <div className="my-2 flex flex-wrap items-center gap-x-4 gap-y-2">
        <SignInLink reason={isOut ? "SIGNED_OUT" : "SIGNED_IN_AS_ANOTHER"} />
        {isOut && <GoOnAsGuest onGuest={onGuest} />}
      </div>
    </Banner>
  );
}
