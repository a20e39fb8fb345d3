/** One mail as its recipient reads it. */
import { EmptyState, Facts, Instant, LinkButton, TextLink } from "@tillstream/ui";
import ArrowLeft from "lucide-react/icons/arrow-left";
import { orderHref } from "../links/events.ts";
import { MailBody } from "./mail-body.tsx";
import { deliveryOf } from "./message.ts";
import type { Message } from "./message.ts";

interface ReadingPaneProps {
  id: string | null;
  message: Message | undefined;
  /** Only what leads there becomes a link. */
  shopUrl: string;
}

export function ReadingPane({ id, message, shopUrl }: ReadingPaneProps) {
  if (id === null)
    return (
      <div className="rounded-md border border-dashed border-line-strong">
        <EmptyState title="No mail chosen">Choose one at the left, or press j and Enter.</EmptyState>
      </div>
    );
  const back = (
    <LinkButton href="/mail" size="sm" variant="ghost" className="mb-2 lg:hidden">
      <ArrowLeft size={14} aria-hidden="true" /> Inbox
    </LinkButton>
  );
  if (message === undefined) {
    return (
      <>
        {back}
        <EmptyState title="This mail is not here">
          It may be older than what the inbox shows, or of another database.
        </EmptyState>
      </>
    );
  }
  const facts = [
    { term: "To", value: message.recipient },
    { term: "Sent", value: <Instant at={message.sentAt} format="datetime" /> },
    ...(message.deliveredAt === null
      ? []
      : [{ term: "Delivered", value: <Instant at={message.deliveredAt} format="datetime" /> }]),
    ...(message.deliveryError === null
      ? []
      : [{ term: "Delivery", value: `${deliveryOf(message)}: ${message.deliveryError}` }]),
    ...(message.orderId === null
      ? []
      : [
          {
            term: "Order",
            value: <TextLink href={orderHref(message.orderId)}>{message.orderNumber}</TextLink>,
          },
        ]),
  ];
  return (
    <>
      {back}
      <article aria-label={message.subject} className="rounded-md border border-line bg-surface">
        <header className="border-b border-line px-5 pt-4 pb-1">
          <h2 className="heading mb-2 text-lg">{message.subject}</h2>
          <Facts items={facts} />
        </header>
        <div className="px-5 pb-5">
          <MailBody message={message} shopUrl={shopUrl} />
        </div>
      </article>
    </>
  );
}
