"use client";
/** Address and returns of the order, asked for again each time that the order has changed. */
import type { Aftercare } from "@tillstream/commerce";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { read } from "../shop/calls.ts";
import { failureOf } from "../shop/failure.ts";
import type { OrderAccess } from "./order-stream.ts";

/** Pauses before it is asked again for what did not come. */
const AGAIN_MS = [1_000, 2_000, 4_000];

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Undefined for what is refused, or does not come however often it is asked for. */
async function readAgain(access: OrderAccess): Promise<Aftercare | undefined> {
  for (const milliseconds of [...AGAIN_MS, 0]) {
    try {
      return await read("orders", "aftercare", access);
    } catch (error) {
      const { httpStatus = 500 } = failureOf(error);
      if (httpStatus < 500) return undefined;
      await pause(milliseconds);
    }
  }
  return undefined;
}

export function useAftercare(access: OrderAccess, first: Aftercare, version: number) {
  const [aftercare, setAftercare] = useState(first);
  const asked = useRef(0);
  /** What does not come at all leaves what is shown; of two answers the later question's counts. */
  async function refetch(): Promise<void> {
    const question = (asked.current += 1);
    const answer = await readAgain(access);
    if (answer !== undefined && question === asked.current) setAftercare(answer);
  }
  const seen = useRef(version);
  const onChanged = useEffectEvent(refetch);
  useEffect(() => {
    if (seen.current === version) return;
    seen.current = version;
    void onChanged();
  }, [version]);
  return { aftercare, refetch };
}
