-- CreateTable
CREATE TABLE "database_identity" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),

    CONSTRAINT "database_identity_pkey" PRIMARY KEY ("id")
);

INSERT INTO database_identity DEFAULT VALUES;
