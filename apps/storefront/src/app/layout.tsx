import { CommandsProvider, GUEST } from "@tillstream/trpc/commands";
import { themeIn } from "@tillstream/ui";
import type { Metadata, Viewport } from "next";
import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { CartProvider } from "../cart/cart-provider.tsx";
import { Frame } from "../frame/frame.tsx";
import { remembered } from "../server/remembered.ts";
import { PATH_HEADER } from "../server/return-path.ts";
import { server } from "../server/services.ts";
import { ask, currentUser } from "../server/shop.ts";
import { PersonWatch } from "../shop/person-watch.tsx";
import "./globals.css";

const TITLE = "Fernhill, things for the home";
const DESCRIPTION =
  "Ceramics, lighting, textiles, kitchen, stationery and garden: made slowly and made to be used every day.";

/** The canonical address of every page is its path: what follows it sorts, filters or chooses among the same things. */
export async function generateMetadata(): Promise<Metadata> {
  const path = (await headers()).get(PATH_HEADER) ?? "/";
  return {
    metadataBase: new URL(server().services.shop.url),
    title: { default: TITLE, template: "%s · Fernhill" },
    description: DESCRIPTION,
    alternates: { canonical: path },
    openGraph: { type: "website", siteName: "Fernhill", title: TITLE, description: DESCRIPTION, url: path },
    twitter: { card: "summary_large_image" },
    manifest: "/manifest.webmanifest",
  };
}

export const viewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#faf7f2" },
    { media: "(prefers-color-scheme: dark)", color: "#1b1815" },
  ],
};

const MINUTE_MS = 60_000;

/** Without the categories there is still a shop: search, cart and account work. */
async function categoryLinks() {
  const categories = await remembered("categories", MINUTE_MS, () => ask((shop) => shop.catalogue.categories())).catch(
    () => [],
  );
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
