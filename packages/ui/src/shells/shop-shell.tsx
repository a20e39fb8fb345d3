import type { ReactNode } from "react";
import { ThemeToggle } from "../actions/theme-toggle.tsx";
import { FernhillMark, FernhillWordmark } from "../brand/fernhill.tsx";
import { cn } from "../cn.ts";
import { Link } from "../link/link.tsx";
import { isCurrent } from "../navigation/current.ts";
import { MainFocus } from "../navigation/main-focus.tsx";
import { SkipLink } from "../navigation/skip-link.tsx";

export type ShopLink = { href: string; label: string };
export type ShopFooterColumn = { title: string; links: readonly ShopLink[] };
/** A page for one task, such as paying: the way back and help in place of menu and footer. */
export type ShopRoom = { back: ShopLink; help: readonly ShopLink[] };
export type ShopShellProps = {
  categories: readonly ShopLink[];
  /** The path without its query, from usePathname(). */
  currentPath: string;
  /** Makes the page a room of its own. */
  room?: ShopRoom | undefined;
  /** The search form; its own row on narrow screens. */
  search?: ReactNode | undefined;
  /** The account link or menu. */
  account?: ReactNode | undefined;
  /** The cart button; give it `count`. */
  cart?: ReactNode | undefined;
  /** Above the header: a notice for the whole shop. */
  banner?: ReactNode | undefined;
  footerColumns?: readonly ShopFooterColumn[] | undefined;
  /** The small print at the very end. */
  smallPrint?: ReactNode | undefined;
  children: ReactNode;
};

/** The margins that header, main and footer share; use it for sections that break out of `main` and come back. */
export const shopMeasure = "mx-auto w-full max-w-[80rem] px-5 md:px-10";

/** The shop's frame: wordmark, categories, search, cart; main; footer. */
export function ShopShell({
  categories,
  currentPath,
  room,
  search,
  account,
  cart,
  banner,
  footerColumns = [],
  smallPrint,
  children,
}: ShopShellProps) {
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <MainFocus path={currentPath} />
      <header className={cn("z-30 border-b border-line bg-canvas", room === undefined && "md:sticky md:top-0")}>
        {banner}
        {room === undefined ? (
          <div
            className={cn(
              shopMeasure,
              "grid grid-cols-[1fr_auto] items-center gap-x-2 md:gap-x-8 lg:grid-cols-[auto_1fr_auto]",
            )}
          >
            <Brand />
            <div className="flex items-center sm:gap-1 lg:order-3">
              <div className="mr-2 hidden w-56 md:block xl:w-64">{search}</div>
              <ThemeToggle />
              {account}
              {cart}
            </div>
            {search && <div className="col-span-2 pb-1 md:hidden">{search}</div>}
            <CategoryNav categories={categories} currentPath={currentPath} />
          </div>
        ) : (
          <div className={cn(shopMeasure, "flex items-center justify-between gap-4")}>
            <Brand />
            <Link href={room.back.href} className="inline-flex min-h-11 items-center underline underline-offset-4">
              {room.back.label}
            </Link>
          </div>
        )}
      </header>
      <main id="main" tabIndex={-1} className="w-full min-w-0 flex-1">
        {children}
      </main>
      {room === undefined ? (
        <ShopFooter columns={footerColumns} smallPrint={smallPrint} />
      ) : (
        <RoomFooter help={room.help} smallPrint={smallPrint} />
      )}
    </div>
  );
}

function Brand() {
  return (
    <Link
      href="/"
      aria-label="Fernhill, home"
      className="flex h-16 items-center gap-2 justify-self-start rounded-sm text-ink lg:h-20"
    >
      <FernhillMark size={30} className="text-done" />
      <FernhillWordmark height={27} className="max-[22.5rem]:h-[22px]" />
    </Link>
  );
}

function RoomFooter({ help, smallPrint }: { help: ShopRoom["help"]; smallPrint: ReactNode }) {
  return (
    <footer className="mt-16 border-t border-line">
      <div className={cn(shopMeasure, "flex flex-wrap items-center gap-x-6 gap-y-2 py-6 text-sm text-muted")}>
        <nav aria-label="Help">
          <ul className="flex flex-wrap gap-x-6">
            {help.map((link) => (
              <li key={link.href}>
                <Link href={link.href} className="inline-flex min-h-8 items-center hover:text-ink hover:underline">
                  {link.label}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        {smallPrint && <p>{smallPrint}</p>}
      </div>
    </footer>
  );
}

function CategoryNav({ categories, currentPath }: { categories: readonly ShopLink[]; currentPath: string }) {
  return (
    <nav
      aria-label="Categories"
      className="col-span-2 -mx-5 min-w-0 overflow-x-auto px-5 [scrollbar-width:none] lg:order-2 lg:col-span-1 lg:mx-0 lg:px-0"
    >
      <ul className="flex gap-6 whitespace-nowrap">
        {categories.map((category) => {
          const current = isCurrent(category.href, currentPath);
          return (
            <li key={category.href}>
              <Link
                href={category.href}
                aria-current={current ? "page" : undefined}
                className={cn(
                  "inline-flex h-11 items-center border-b-2 border-transparent text-ink-soft transition-colors hover:text-ink lg:h-20",
                  current && "border-accent text-ink",
                )}
              >
                {category.label}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

function ShopFooter({ columns, smallPrint }: { columns: readonly ShopFooterColumn[]; smallPrint: ReactNode }) {
  return (
    <footer className="mt-24 border-t border-line bg-sunken">
      <div className={cn(shopMeasure, "grid gap-10 py-14 md:grid-cols-[1.4fr_2fr]")}>
        <div>
          <FernhillWordmark height={24} />
          <p className="mt-3 max-w-[34ch] text-muted">
            Things for the home, made slowly and made to be used every day.
          </p>
        </div>
        <div className="grid grid-cols-2 gap-8 sm:grid-cols-3">
          {columns.map((column) => (
            <nav key={column.title} aria-label={column.title}>
              <p className="text-sm font-medium">{column.title}</p>
              <ul className="mt-2">
                {column.links.map((link) => (
                  <li key={link.href}>
                    <Link
                      href={link.href}
                      className="inline-flex min-h-8 items-center text-sm text-muted hover:text-ink hover:underline"
                    >
                      {link.label}
                    </Link>
                  </li>
                ))}
              </ul>
            </nav>
          ))}
        </div>
        {smallPrint && <div className="border-t border-line pt-6 text-sm text-muted md:col-span-2">{smallPrint}</div>}
      </div>
    </footer>
  );
}
