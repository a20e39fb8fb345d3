"use client";
/** The console's places, with the figures that call for attention. */
import type { NavGroup } from "@tillstream/ui";
import { useQuery } from "@tanstack/react-query";
import Archive from "lucide-react/icons/archive";
import Braces from "lucide-react/icons/braces";
import BellRing from "lucide-react/icons/bell-ring";
import Boxes from "lucide-react/icons/boxes";
import ChartNoAxesColumn from "lucide-react/icons/chart-no-axes-column";
import FlaskConical from "lucide-react/icons/flask-conical";
import Inbox from "lucide-react/icons/inbox";
import Layers from "lucide-react/icons/layers";
import ListOrdered from "lucide-react/icons/list-ordered";
import Mail from "lucide-react/icons/mail";
import MapIcon from "lucide-react/icons/map";
import Package from "lucide-react/icons/package";
import PackageOpen from "lucide-react/icons/package-open";
import ScrollText from "lucide-react/icons/scroll-text";
import Route from "lucide-react/icons/route";
import Server from "lucide-react/icons/server";
import Scale from "lucide-react/icons/scale";
import TicketPercent from "lucide-react/icons/ticket-percent";
import Tags from "lucide-react/icons/tags";
import Users from "lucide-react/icons/users-round";
import Workflow from "lucide-react/icons/workflow";
import Wallet from "lucide-react/icons/wallet";
import { useFiringGroups } from "../alerts/use-alerts.ts";
import { useLiveQuery } from "../console/live.tsx";
import { useTRPC } from "../console/trpc.ts";
import { openLetters } from "../dead-letters/dead-letter-state.ts";

/** @param isLocal whether there is a page for faults */
export function useNavigation({ isLocal }: { isLocal: boolean }): readonly NavGroup[] {
  const trpc = useTRPC();
  const slow = useLiveQuery({ slow: true });
  const letters = useQuery(trpc.deadLetters.counts.queryOptions(undefined, slow)).data;
  const sagas = useQuery(trpc.sagas.counts.queryOptions(undefined, slow)).data;
  const payments = useQuery(trpc.payments.status.queryOptions(undefined, slow)).data;
  const firing = useFiringGroups();
  return [
    { items: [{ href: "/", label: "Overview", icon: <ChartNoAxesColumn aria-hidden="true" /> }] },
    {
      label: "Event flow",
      items: [
        { href: "/map", label: "Map", icon: <MapIcon aria-hidden="true" /> },
        { href: "/events", label: "Events", icon: <ListOrdered aria-hidden="true" /> },
        { href: "/schemas", label: "Schemas", icon: <Braces aria-hidden="true" /> },
        { href: "/outbox", label: "Outbox", icon: <Inbox aria-hidden="true" /> },
        { href: "/projections", label: "Projections", icon: <Layers aria-hidden="true" /> },
        { href: "/consumers", label: "Consumers", icon: <Workflow aria-hidden="true" /> },
        { href: "/workers", label: "Workers", icon: <Server aria-hidden="true" /> },
        {
          href: "/alerts",
          label: "Alerts",
          icon: <BellRing aria-hidden="true" />,
          count: firing.length,
          countStatus: "failed",
          countLabel: "firing",
        },
        {
          href: "/sagas",
          label: "Sagas",
          icon: <Route aria-hidden="true" />,
          count: sagas && sagas.byStatus.compensation_failed + sagas.byStatus.failed,
          countStatus: "failed",
          countLabel: "with a failed compensation",
        },
        {
          href: "/dead-letters",
          label: "Dead letters",
          icon: <Archive aria-hidden="true" />,
          count: letters && openLetters(letters),
          countStatus: "failed",
          countLabel: "open",
        },
        { href: "/audit", label: "Audit", icon: <ScrollText aria-hidden="true" /> },
      ],
    },
    {
      label: "Shop",
      items: [
        { href: "/orders", label: "Orders", icon: <Package aria-hidden="true" /> },
        { href: "/returns", label: "Returns", icon: <PackageOpen aria-hidden="true" /> },
        { href: "/catalogue", label: "Catalogue", icon: <Tags aria-hidden="true" /> },
        { href: "/discounts", label: "Discounts", icon: <TicketPercent aria-hidden="true" /> },
        { href: "/stock", label: "Stock", icon: <Boxes aria-hidden="true" /> },
        { href: "/customers", label: "Customers", icon: <Users aria-hidden="true" /> },
        {
          href: "/reconciliation",
          label: "Reconciliation",
          icon: <Scale aria-hidden="true" />,
          count: payments?.attention,
          countStatus: "failed",
          countLabel: "waiting for an operator",
        },
        { href: "/accounts", label: "Accounts", icon: <Wallet aria-hidden="true" /> },
        { href: "/mail", label: "Mail", icon: <Mail aria-hidden="true" /> },
      ],
    },
    ...(isLocal ? [LOCAL] : []),
  ];
}

const LOCAL: NavGroup = {
  label: "This machine",
  items: [{ href: "/dev", label: "Faults and traffic", icon: <FlaskConical aria-hidden="true" /> }],
};
