import type { ReactNode } from "react";
import { ThemeToggle } from "../actions/theme-toggle.tsx";
import { TillstreamMark, TillstreamWordmark } from "../brand/tillstream.tsx";
import { Link } from "../link/link.tsx";
import { MainFocus } from "../navigation/main-focus.tsx";
import { SkipLink } from "../navigation/skip-link.tsx";
import { ConsoleNav, type NavGroup } from "./console-nav.tsx";
import { ConsoleNavDrawer } from "./console-nav-drawer.tsx";

export type ConsoleShellProps = {
  groups: readonly NavGroup[];
  /** The path without its query, from usePathname(). Marks the current entry and moves focus when it changes. */
  currentPath: string;
  /** In the top bar: search, the palette's button, the LiveChip. */
  header?: ReactNode | undefined;
  /** At the end of the top bar: the person's menu. */
  userMenu?: ReactNode | undefined;
  /** Above the top bar and in sight on every page: "a fault is switched on". Use a flush Banner. */
  banner?: ReactNode | undefined;
  /** At the foot of the navigation: environment, version. */
  navFooter?: ReactNode | undefined;
  children: ReactNode;
};

/** The console's frame: navigation at the left (a drawer behind the top bar on narrow screens), top bar, main. */
export function ConsoleShell({
  groups,
  currentPath,
  header,
  userMenu,
  banner,
  navFooter,
  children,
}: ConsoleShellProps) {
  const brand = (
    <Link href="/" className="inline-flex h-8 items-center gap-2 rounded-sm" aria-label="Tillstream, overview">
      <TillstreamMark size={20} />
      <TillstreamWordmark height={16} />
    </Link>
  );
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[13.5rem_minmax(0,1fr)]">
      <SkipLink />
      <MainFocus path={currentPath} />
      <aside className="sticky top-0 hidden h-dvh flex-col border-r border-line lg:flex">
        <div className="flex h-12 shrink-0 items-center px-4">{brand}</div>
        <ConsoleNav groups={groups} currentPath={currentPath} className="min-h-0 flex-1 overflow-y-auto px-2 pb-4" />
        {navFooter && <div className="border-t border-line px-4 py-2.5 text-sm text-muted">{navFooter}</div>}
      </aside>
      <div className="flex min-w-0 flex-col">
        <header className="sticky top-0 z-30 border-b border-line bg-canvas">
          {banner}
          <div className="flex h-12 items-center gap-2 px-3 lg:px-5">
            <ConsoleNavDrawer groups={groups} currentPath={currentPath} footer={navFooter} />
            <span className="shrink-0 lg:hidden">
              <Link href="/" aria-label="Tillstream, overview" className="grid size-8 place-items-center">
                <TillstreamMark size={20} />
              </Link>
            </span>
            <div className="flex min-w-0 flex-1 items-center gap-2">{header}</div>
            <ThemeToggle />
            {userMenu}
          </div>
        </header>
        <main id="main" tabIndex={-1} className="w-full min-w-0 max-w-[110rem] flex-1 px-3 py-4 sm:px-5">
          {children}
        </main>
      </div>
    </div>
  );
}
