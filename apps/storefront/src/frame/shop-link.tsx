"use client";
/**
 * The shop's links: routed by Next, and fetched ahead once one is pointed at or focused. A grid holds dozens of
 * links; fetching what is behind all of them would only load the database.
 */
import type { LinkProps } from "@tillstream/ui";
import NextLink from "next/link";
import { useState } from "react";
import type { FocusEvent, MouseEvent } from "react";

export function ShopLink(props: LinkProps) {
  const [wanted, setWanted] = useState(false);
  return (
    <NextLink
      {...props}
      prefetch={wanted}
      onMouseEnter={(event: MouseEvent<HTMLAnchorElement>) => {
        setWanted(true);
        props.onMouseEnter?.(event);
      }}
      onFocus={(event: FocusEvent<HTMLAnchorElement>) => {
        setWanted(true);
        props.onFocus?.(event);
      }}
    />
  );
}
