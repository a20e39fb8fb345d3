"use client";
import { EmptyState, LinkButton, PageHeader } from "@tillstream/ui";
import { usePathname } from "next/navigation";
import { useNavigation } from "../../frame/navigation.tsx";

/** The place that the address begins with, where there is one, is the way on. */
export default function NotFound() {
  const [, first = ""] = usePathname().split("/");
  const places = useNavigation({ isLocal: false }).flatMap(({ items }) => items);
  const { href, label } = places.find((place) => place.href === `/${first}`) ?? { href: "/", label: "Overview" };
  return (
    <>
      <PageHeader title="Not found" />
      <EmptyState title="Page not found" action={<LinkButton href={href}>{label}</LinkButton>}>
        The address may be mistyped, or the link is from another version of the console.
      </EmptyState>
    </>
  );
}
