"use client";
import Menu from "lucide-react/icons/menu";
import { useState, type ReactNode } from "react";
import { IconButton } from "../actions/icon-button.tsx";
import { Drawer } from "../overlays/drawer.tsx";
import { ConsoleNav, type NavGroup } from "./console-nav.tsx";

/** The navigation on narrow screens. It remembers the path it was opened on, so going elsewhere closes it. */
export function ConsoleNavDrawer({
  groups,
  currentPath,
  footer,
}: {
  groups: readonly NavGroup[];
  currentPath: string;
  footer?: ReactNode | undefined;
}) {
  const [openedOn, setOpenedOn] = useState<string | undefined>(undefined);
  return (
    <Drawer
      side="left"
      title="Tillstream"
      open={openedOn === currentPath}
      onOpenChange={(open) => setOpenedOn(open ? currentPath : undefined)}
      trigger={
        <IconButton label="Open navigation" icon={<Menu size={18} aria-hidden="true" />} className="lg:hidden" />
      }
      className="max-w-72"
    >
      <ConsoleNav groups={groups} currentPath={currentPath} />
      {footer && <div className="mt-6 border-t border-line pt-3 text-sm text-muted">{footer}</div>}
    </Drawer>
  );
}
