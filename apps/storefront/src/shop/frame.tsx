"use client";
/** The shop's frame around every page. */
import { Link, ShopShell, TextInput } from "@tillstream/ui";
import Search from "lucide-react/icons/search";
import UserRound from "lucide-react/icons/user-round";
import { usePathname, useSearchParams } from "next/navigation";
import { Suspense, type ReactNode } from "react";
import { CartButton } from "../cart/cart-button.tsx";

export interface FrameProps {
  readonly categories: readonly { readonly slug: string; readonly name: string }[];
  readonly signedIn: boolean;
  readonly children: ReactNode;
}

const QUERY_LENGTH_MAX = 200;

function SearchForm() {
  const query = useSearchParams().get("q") ?? "";
  return (
    <form action="/search" role="search">
      <TextInput
        key={query}
        name="q"
        type="search"
        aria-label="Search the shop"
        placeholder="Search"
        defaultValue={query}
        maxLength={QUERY_LENGTH_MAX}
        lead={<Search size={16} aria-hidden="true" />}
      />
    </form>
  );
}

const shopLinks = (categories: FrameProps["categories"]) => [
  { href: "/products", label: "Everything" },
  ...categories.map(({ slug, name }) => ({ href: `/c/${slug}`, label: name })),
];

export function Frame({ categories, signedIn, children }: FrameProps) {
  const links = shopLinks(categories);
  return (
    <ShopShell
      categories={links}
      currentPath={usePathname()}
      search={
        <Suspense fallback={null}>
          <SearchForm />
        </Suspense>
      }
      account={
        <Link
          href={signedIn ? "/account" : "/login"}
          aria-label={signedIn ? "Your account" : "Sign in"}
          className="grid size-control place-items-center rounded-md text-ink-soft hover:bg-sunken hover:text-ink"
        >
          <UserRound size={20} aria-hidden="true" />
        </Link>
      }
      cart={<CartButton />}
      footerColumns={[
        { title: "Shop", links },
        {
          title: "Your visit",
          links: [
            { href: "/cart", label: "Cart" },
            { href: signedIn ? "/account/orders" : "/login?next=/account/orders", label: "Your orders" },
            { href: signedIn ? "/account" : "/login", label: signedIn ? "Your account" : "Sign in" },
          ],
        },
      ]}
      smallPrint="Fernhill is the demonstration shop of Tillstream. Nothing here is charged and nothing is sent."
    >
      {children}
    </ShopShell>
  );
}
