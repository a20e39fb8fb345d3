"use client";
import * as Primitive from "radix-ui/dropdown-menu";
import type { ReactNode } from "react";
import { cn } from "../cn.ts";
import { Link } from "../link/link.tsx";

export type MenuItem =
  | {
      kind?: "action";
      key: string;
      label: ReactNode;
      icon?: ReactNode;
      hint?: ReactNode;
      danger?: boolean;
      disabled?: boolean;
      onSelect: () => void;
    }
  | { kind: "link"; key: string; label: ReactNode; icon?: ReactNode; hint?: ReactNode; href: string }
  | { kind: "heading"; key: string; label: ReactNode }
  | { kind: "separator"; key: string };

export type DropdownMenuProps = {
  trigger: ReactNode;
  label: string;
  items: readonly MenuItem[];
  align?: "start" | "end" | undefined;
};

/** Further actions and links behind one button; arrows, typing and Escape work as people expect of a menu. */
export function DropdownMenu({ trigger, label, items, align = "end" }: DropdownMenuProps) {
  return (
    // Not modal: a modal menu hides the page, its main and its heading from screen readers while it is open.
    <Primitive.Root modal={false}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          aria-label={label}
          align={align}
          sideOffset={6}
          collisionPadding={12}
          className="floating z-50 min-w-44 animate-rise rounded-md p-1"
        >
          {items.map((item) => (
            <Entry key={item.key} item={item} />
          ))}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

const row =
  "flex min-h-control-sm cursor-default items-center gap-2.5 rounded-sm px-2.5 outline-none data-[highlighted]:bg-accent-soft data-[disabled]:text-muted [&_svg]:text-muted";

function Entry({ item }: { item: MenuItem }) {
  if (item.kind === "separator") return <Primitive.Separator className="my-1 h-px bg-line" />;
  if (item.kind === "heading")
    return <Primitive.Label className="px-2.5 py-1.5 text-sm text-muted">{item.label}</Primitive.Label>;
  const inner = (
    <>
      {item.icon}
      <span className="flex-1">{item.label}</span>
      {item.hint !== undefined && <span className="pl-4 text-sm text-muted">{item.hint}</span>}
    </>
  );
  if (item.kind === "link")
    return (
      <Primitive.Item asChild>
        <Link href={item.href} className={row}>
          {inner}
        </Link>
      </Primitive.Item>
    );
  return (
    <Primitive.Item
      disabled={item.disabled ?? false}
      onSelect={item.onSelect}
      className={cn(row, item.danger === true && "text-failed [&_svg]:text-failed")}
    >
      {inner}
    </Primitive.Item>
  );
}
