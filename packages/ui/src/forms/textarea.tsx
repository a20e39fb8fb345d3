"use client";
import type { ComponentProps } from "react";
import { cn } from "../cn.ts";
import { controlStyle } from "./control-style.ts";
import { useFieldControl } from "./field.tsx";

/** Several lines of text that grow with what is typed, from three lines up. */
export function Textarea({ className, rows = 3, ...rest }: ComponentProps<"textarea">) {
  const control = useFieldControl();
  return (
    <textarea
      {...control}
      {...rest}
      rows={rows}
      className={cn(controlStyle, "field-sizing-content max-h-96 min-h-20 resize-y py-2", className)}
    />
  );
}
