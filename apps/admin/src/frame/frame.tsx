"use client";
/** The console's frame around every page. */
import { CommandsProvider } from "@tillstream/trpc/commands";
import { ConsoleShell, Toaster } from "@tillstream/ui";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { FiringBanner } from "../alerts/firing-banner.tsx";
import { Freshness, StaleBanner } from "../console/freshness.tsx";
import { useNavigation } from "./navigation.tsx";
import { PersonContext, type Person } from "../console/person.ts";
import { ShortcutHelp } from "../console/shortcut-help.tsx";
import { UserMenu } from "../console/user-menu.tsx";

export function Frame({ person, children }: { person: Person; children: ReactNode }) {
  const groups = useNavigation();
  return (
    <PersonContext value={person}>
      <CommandsProvider person={person.id}>
        <ConsoleShell
          groups={groups}
          currentPath={usePathname()}
          header={<Freshness />}
          banner={
            <>
              <StaleBanner />
              <FiringBanner />
            </>
          }
          userMenu={
            <>
              <ShortcutHelp />
              <UserMenu person={person} />
            </>
          }
        >
          {children}
        </ConsoleShell>
        <Toaster />
      </CommandsProvider>
    </PersonContext>
  );
}
