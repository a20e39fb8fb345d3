"use client";
import X from "lucide-react/icons/x";
import * as Primitive from "radix-ui/dialog";
import { useRef, type ReactNode } from "react";
import { IconButton } from "../actions/icon-button.tsx";
import { cn } from "../cn.ts";
import { useFocusReturn } from "./focus-return.ts";

export type DrawerProps = {
  open?: boolean | undefined;
  onOpenChange?: ((open: boolean) => void) | undefined;
  trigger?: ReactNode | undefined;
  title: ReactNode;
  /** Keeps the title for screen readers only. */
  titleHidden?: boolean | undefined;
  side?: "right" | "left" | undefined;
  children: ReactNode;
  /** Stays in sight at the foot while the body scrolls: totals and Checkout. */
  footer?: ReactNode | undefined;
  className?: string | undefined;
};

/** A click beside it that comes so soon is the second of a double click on what opened it. */
const DOUBLE_CLICK_MS = 500;

/** A sheet from the side that keeps the page in view: the cart, a row's detail, the navigation on a phone. */
export function Drawer({
  open,
  onOpenChange,
  trigger,
  title,
  titleHidden = false,
  side = "right",
  children,
  footer,
  className,
}: DrawerProps) {
  const focusReturn = useFocusReturn(trigger !== undefined);
  const openedAt = useRef(0);
  return (
    <Primitive.Root {...(open === undefined ? {} : { open })} {...(onOpenChange === undefined ? {} : { onOpenChange })}>
      {trigger !== undefined && <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>}
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-50 animate-fade bg-shade" />
        <Primitive.Content
          aria-describedby={undefined}
          {...focusReturn}
          onOpenAutoFocus={(event) => {
            openedAt.current = event.timeStamp;
            focusReturn.onOpenAutoFocus(event);
          }}
          onPointerDownOutside={(event) => {
            if (event.detail.originalEvent.timeStamp - openedAt.current < DOUBLE_CLICK_MS) event.preventDefault();
          }}
          className={cn(
            "floating fixed inset-y-0 z-50 flex w-full max-w-[min(28rem,calc(100vw-2.5rem))] flex-col focus-visible:outline-none",
            side === "right" ? "right-0 animate-from-right" : "left-0 animate-from-left",
            className,
          )}
        >
          <div
            className={cn(
              "flex shrink-0 items-center justify-between gap-4",
              titleHidden
                ? "absolute top-2 right-2 z-1"
                : "border-b border-line py-3 pr-3 pl-6 console:py-2 console:pl-4",
            )}
          >
            <Primitive.Title className={titleHidden ? "sr-only" : "heading text-xl console:text-lg"}>
              {title}
            </Primitive.Title>
            <Primitive.Close asChild>
              <IconButton label="Close" icon={<X size={18} aria-hidden="true" />} />
            </Primitive.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-6 py-4 console:px-4 console:py-3">
            {children}
          </div>
          {footer && (
            <div className="shrink-0 border-t border-line bg-surface px-6 py-4 console:px-4 console:py-3">{footer}</div>
          )}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
