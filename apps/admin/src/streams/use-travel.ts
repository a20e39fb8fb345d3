"use client";
/** Where one stands in a stream, from the address, and the ways to go elsewhere. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useLiveQuery } from "../console/live.tsx";
import { useTRPC } from "../console/trpc.ts";
import { streamAddress } from "./address.ts";
import { instantOf, parseAt, standingAt, type Standing } from "./at.ts";

export interface Travel {
  readonly standing: Standing;
  /** To the state after this version; the newest one is now. */
  to(version: number, how?: "push" | "replace"): void;
  /** @param at ISO 8601 */
  toInstant(at: string): void;
  toNow(): void;
  compareWith(version: number | null): void;
}

export function useTravel(streamId: string) {
  const [address, setAddress] = useQueryStates(streamAddress, { history: "push" });
  const at = address.at === null ? undefined : parseAt(address.at);
  const query = useQuery(
    useTRPC().streams.point.queryOptions(
      { streamId, at: instantOf(at) },
      { ...useLiveQuery(), placeholderData: keepPreviousData },
    ),
  );
  if (query.data === undefined) return { query, address };
  const { newest } = query.data;
  const go = (to: string | null, history: "push" | "replace" = "push") =>
    void setAddress({ at: to, after: null }, { history });
  const travel: Travel = {
    standing: standingAt(at, query.data),
    to: (version, how) => go(version >= newest ? null : String(Math.max(1, version)), how),
    toInstant: (instant) => go(instant),
    toNow: () => go(null),
    compareWith: (version) => void setAddress({ with: version === null ? null : String(version) }),
  };
  return { query, address, travel, point: query.data };
}
