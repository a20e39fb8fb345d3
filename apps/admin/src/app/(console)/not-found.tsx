import { EmptyState, LinkButton, PageHeader } from "@tillstream/ui";

export default function NotFound() {
  return (
    <>
      <PageHeader title="Not found" />
      <EmptyState title="Page not found" action={<LinkButton href="/">Overview</LinkButton>}>
        The address may be mistyped, or the link is from another version of the console.
      </EmptyState>
    </>
  );
}
