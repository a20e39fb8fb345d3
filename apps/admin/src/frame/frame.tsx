"use client";
/** The console's frame around every page. */
import { CommandsProvider } from "@tillstream/trpc/commands";
import { ConsoleShell, Toaster } from "@tillstream/ui";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { FiringBanner } from "../alerts/firing-banner.tsx";
import { Freshness, StaleBanner } from "../console/freshness.tsx";
import { FaultBanner } from "../dev/fault-banner.tsx";
import { useNavigation } from "./navigation.tsx";
import { PersonContext, type Person } from "../console/person.ts";
import { ShortcutHelp } from "../console/shortcut-help.tsx";
import { Palette } from "../palette/palette.tsx";
import { UserMenu } from "../console/user-menu.tsx";

interface FrameProps {
  person: Person;
  /** Whether faults can be switched on here. */
  isLocal: boolean;
  children: ReactNode;
}

export function Frame({ person, isLocal, children }: FrameProps) {
  const groups = useNavigation({ isLocal });
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
              {isLocal && <FaultBanner />}
            </>
          }
          userMenu={
            <>
              <Palette groups={groups} />
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
