import { CommandsProvider, GUEST } from "@tillstream/trpc/commands";
import { themeIn } from "@tillstream/ui";
import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { CartProvider } from "../cart/cart-provider.tsx";
import { Frame } from "../frame/frame.tsx";
import { ask, currentUser } from "../server/shop.ts";
import { PersonWatch } from "../shop/person-watch.tsx";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Fernhill, things for the home", template: "%s · Fernhill" },
  description:
    "Ceramics, lighting, textiles, kitchen, stationery and garden: made slowly and made to be used every day.",
};

export const viewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#faf7f2" },
    { media: "(prefers-color-scheme: dark)", color: "#1b1815" },
  ],
};

/** Without the categories there is still a shop: search, cart and account work. */
async function categoryLinks() {
  const categories = await ask((shop) => shop.catalogue.categories()).catch(() => []);
  return categories.map(({ slug, name }) => ({ href: `/c/${slug}`, label: name }));
}

/** The document in the shop's face, in the chosen theme from the first byte. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const [categories, user, jar, cart] = await Promise.all([
    categoryLinks(),
    currentUser(),
    cookies(),
    ask((shop) => shop.cart.get()).catch(() => undefined), // the page looks for itself then
  ]);
  return (
    <html lang="en" data-face="shop" data-theme={themeIn(jar)} suppressHydrationWarning>
      <body>
        <PersonWatch person={user?.id ?? null} />
        <CommandsProvider person={user?.id ?? GUEST}>
          <CartProvider person={user?.id ?? null} first={cart}>
            <Frame categories={categories} signedIn={user !== null}>
              {children}
            </Frame>
          </CartProvider>
        </CommandsProvider>
      </body>
    </html>
  );
}
