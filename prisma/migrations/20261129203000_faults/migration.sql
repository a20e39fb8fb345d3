-- CreateTable
CREATE TABLE "faults" (
    "name" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "set_by" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "faults_pkey" PRIMARY KEY ("name")
);
