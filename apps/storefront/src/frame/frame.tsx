"use client";
/** The shop's frame round every page: header with categories, search, account and cart; footer. */
import { buttonStyle, Link, LinkProvider, ShopShell, Toaster } from "@tillstream/ui";
import type { ShopLink as FrameLink } from "@tillstream/ui";
import UserRound from "lucide-react/icons/user-round";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { CartButton } from "../cart/cart-button.tsx";
import { entrancePath, HOME_AFTER_SIGN_IN } from "../server/return-path.ts";
import { SERVICE_PAGES } from "../service/pages.ts";
import { SearchBox } from "./search-box.tsx";
import { ShopLink } from "./shop-link.tsx";

interface FrameProps {
  categories: readonly FrameLink[];
  signedIn: boolean;
  children: ReactNode;
}

export function Frame({ categories, signedIn, children }: FrameProps) {
  return (
    <LinkProvider component={ShopLink}>
      <ShopShell
        categories={categories}
        currentPath={usePathname()}
        search={<SearchBox />}
        account={<AccountLink signedIn={signedIn} />}
        cart={<CartButton />}
        footerColumns={footerColumns(categories, signedIn)}
        smallPrint="Fernhill is a shop for trying things out: payments are simulated, and nothing is charged or sent."
      >
        {children}
      </ShopShell>
      <Toaster />
    </LinkProvider>
  );
}

function footerColumns(categories: readonly FrameLink[], signedIn: boolean) {
  const account = signedIn
    ? [
        { href: "/account", label: "Your account" },
        { href: "/account/orders", label: "Your orders" },
      ]
    : [
        { href: "/login", label: "Sign in" },
        { href: "/register", label: "Create an account" },
      ];
  return [
    { title: "Shop", links: [{ href: "/products", label: "Everything" }, ...categories] },
    {
      title: "You",
      links: [...account, { href: "/cart", label: "Your cart" }, { href: "/orders/find", label: "Find an order" }],
    },
    { title: "Help", links: SERVICE_PAGES },
  ];
}

function AccountLink({ signedIn }: { signedIn: boolean }) {
  const path = usePathname();
  const label = signedIn ? "Your account" : "Sign in";
  return (
    <Link
      href={signedIn ? "/account" : entrancePath("/login", path === "/" ? HOME_AFTER_SIGN_IN : path)}
      aria-label={label}
      title={label}
      className={buttonStyle("ghost", "md", "w-control px-0 shop:px-0")}
    >
      <UserRound size={18} aria-hidden="true" />
    </Link>
  );
}
