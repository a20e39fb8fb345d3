-- CreateTable
CREATE TABLE "read_model_checks" (
    "projection" TEXT NOT NULL,
    "position" BIGINT NOT NULL DEFAULT 0,
    "begun_at" TIMESTAMPTZ(6) NOT NULL DEFAULT '-infinity',

    CONSTRAINT "read_model_checks_pkey" PRIMARY KEY ("projection")
);

-- CreateTable
CREATE TABLE "read_model_faults" (
    "projection" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "stream_id" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "found_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "read_model_faults_pkey" PRIMARY KEY ("projection","key")
);
