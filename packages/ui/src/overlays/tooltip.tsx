"use client";
import * as Primitive from "radix-ui/tooltip";
import type { ReactNode } from "react";

export type TooltipProps = {
  content: ReactNode;
  children: ReactNode;
  side?: "top" | "right" | "bottom" | "left" | undefined;
};

/** A short explanation on hover and focus. Its child must be focusable; nothing needed may live only in here. */
export function Tooltip({ content, children, side = "top" }: TooltipProps) {
  return (
    <Primitive.Provider delayDuration={250} skipDelayDuration={300}>
      <Primitive.Root>
        <Primitive.Trigger asChild>{children}</Primitive.Trigger>
        <Primitive.Portal>
          <Primitive.Content
            side={side}
            sideOffset={6}
            collisionPadding={12}
            className="z-60 max-w-72 animate-fade rounded-md bg-ink px-2.5 py-1.5 text-sm text-canvas shadow-md"
          >
            {content}
          </Primitive.Content>
        </Primitive.Portal>
      </Primitive.Root>
    </Primitive.Provider>
  );
}

/** A word of the field with its meaning on hover and focus: "compensation", "upcaster", "lag". */
export function Term({ meaning, children }: { meaning: ReactNode; children: ReactNode }) {
  return (
    <Tooltip content={meaning}>
      <button
        type="button"
        className="cursor-help text-left underline decoration-field decoration-dotted underline-offset-3"
      >
        {children}
      </button>
    </Tooltip>
  );
}
