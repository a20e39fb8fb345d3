-- CreateTable
CREATE TABLE "event_versions" (
    "type" TEXT NOT NULL,
    "schema_version" INTEGER NOT NULL,
    "count" BIGINT NOT NULL,
    "first_seen" TIMESTAMPTZ(6) NOT NULL,
    "last_seen" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "event_versions_pkey" PRIMARY KEY ("type","schema_version")
);

-- CreateTable
CREATE TABLE "event_version_hours" (
    "type" TEXT NOT NULL,
    "schema_version" INTEGER NOT NULL,
    "hour" TIMESTAMPTZ(6) NOT NULL,
    "count" BIGINT NOT NULL,

    CONSTRAINT "event_version_hours_pkey" PRIMARY KEY ("type","schema_version","hour")
);

-- CreateTable
CREATE TABLE "event_version_head" (
    "id" INTEGER NOT NULL DEFAULT 0,
    "position" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "event_version_head_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "event_version_hours_hour_idx" ON "event_version_hours"("hour");

-- The follower counts on from this row.
INSERT INTO event_version_head (id, position) VALUES (0, 0);
