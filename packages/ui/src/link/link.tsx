"use client";
import {
  createContext,
  createElement,
  use,
  type AnchorHTMLAttributes,
  type ComponentType,
  type MouseEventHandler,
  type ReactNode,
  type Ref,
  type TouchEventHandler,
} from "react";

// The three handlers are restated without `undefined`, or next/link would not fit under exactOptionalPropertyTypes.
export type LinkProps = Omit<
  AnchorHTMLAttributes<HTMLAnchorElement>,
  "href" | "onClick" | "onMouseEnter" | "onTouchStart"
> & {
  href: string;
  /** False keeps the page where it is: for a filter of what is in sight. */
  scroll?: boolean;
  ref?: Ref<HTMLAnchorElement>;
  onClick?: MouseEventHandler<HTMLAnchorElement>;
  onMouseEnter?: MouseEventHandler<HTMLAnchorElement>;
  onTouchStart?: TouchEventHandler<HTMLAnchorElement>;
};

const LinkContext = createContext<ComponentType<LinkProps> | "a">("a");

/** Tells this package which link the app routes with (next/link), so that ui depends on no framework. */
export function LinkProvider({ component, children }: { component: ComponentType<LinkProps>; children: ReactNode }) {
  return <LinkContext value={component}>{children}</LinkContext>;
}

/** A link without any look, routed by the app's own link component; a plain <a> outside a LinkProvider. */
export function Link(props: LinkProps) {
  return createElement(use(LinkContext), props);
}

/** A link inside running text: underlined in both faces, in the accent in the shop. */
export function TextLink({ className, ...props }: LinkProps) {
  const base =
    "text-accent-text underline decoration-line-strong decoration-1 underline-offset-3 hover:decoration-current";
  return <Link className={className === undefined ? base : `${base} ${className}`} {...props} />;
}
