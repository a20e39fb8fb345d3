"use client";
/** What a mail says: as a mail program shows it, wide or on a phone, or as text. */
import { useQuery } from "@tanstack/react-query";
import { Skeleton, Tabs } from "@tillstream/ui";
import { useQueryState } from "nuqs";
import { QueryFailed } from "../console/query-failed.tsx";
import { useTRPC } from "../console/trpc.ts";
import { MAIL_VIEWS, mailAddress } from "./inbox-address.ts";
import type { Message } from "./message.ts";
import { textWithLinks } from "./text-with-links.ts";

interface MailBodyProps {
  message: Message;
  shopUrl: string;
}

export function MailBody({ message, shopUrl }: MailBodyProps) {
  const [view, setView] = useQueryState("view", mailAddress.view);
  return (
    <Tabs
      label="How it is shown"
      value={view}
      onValueChange={(chosen) => void setView(MAIL_VIEWS.find((each) => each === chosen) ?? null)}
      items={[
        { value: "600", label: "HTML, 600 px", content: <Html message={message} width={600} /> },
        { value: "390", label: "HTML, 390 px", content: <Html message={message} width={390} /> },
        { value: "text", label: "Text", content: <Text text={message.body} shopUrl={shopUrl} /> },
      ]}
    />
  );
}

/** The frame runs no script and reaches nothing of the console; a link in it opens a tab of its own. */
function Html({ message: { id, subject }, width }: { message: Message; width: number }) {
  const query = useQuery({ ...useTRPC().mail.html.queryOptions({ id }), staleTime: Infinity });
  if (query.data === undefined)
    return query.isError ? <QueryFailed query={query} what="the mail" /> : <Skeleton className="h-[36rem] w-full" />;
  if (query.data.html === null) return <p className="text-muted">This mail went out as text alone.</p>;
  return (
    <iframe
      title={subject}
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      srcDoc={query.data.html}
      width={width}
      className="h-[70vh] max-w-full rounded-sm border border-line bg-surface"
    />
  );
}

function Text({ text, shopUrl }: { text: string; shopUrl: string }) {
  return (
    <p className="max-w-[72ch] break-words whitespace-pre-wrap">
      {textWithLinks(text, shopUrl).map(({ text: part, href }, at) =>
        href === undefined ? (
          part
        ) : (
          <a
            key={at}
            href={href}
            target="_blank"
            rel="noopener noreferrer"
            className="break-all underline underline-offset-3"
          >
            {part}
          </a>
        ),
      )}
    </p>
  );
}
