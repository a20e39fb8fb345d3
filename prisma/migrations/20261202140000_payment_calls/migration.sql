-- What the gateway was asked about charges and refunds, and what it answered. Calls from before are not known.
CREATE TABLE "payment_calls" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "took_ms" INTEGER NOT NULL,
    "cause" TEXT NOT NULL,
    "asked" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "answer" TEXT NOT NULL,

    CONSTRAINT "payment_calls_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "payment_calls_cause_idx" ON "payment_calls"("cause");
CREATE INDEX "payment_calls_at_idx" ON "payment_calls"("at");
