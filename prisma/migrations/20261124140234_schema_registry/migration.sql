-- CreateTable
CREATE TABLE "schema_registry_schemas" (
    "id" SERIAL NOT NULL,
    "schema" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "registered_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "schema_registry_schemas_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "schema_registry_versions" (
    "subject" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "schema_id" INTEGER NOT NULL,
    "deleted" BOOLEAN NOT NULL DEFAULT false,
    "registered_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "schema_registry_versions_pkey" PRIMARY KEY ("subject","version")
);

-- CreateTable
CREATE TABLE "schema_registry_config" (
    "subject" TEXT NOT NULL,
    "compatibility" TEXT NOT NULL,

    CONSTRAINT "schema_registry_config_pkey" PRIMARY KEY ("subject")
);

-- CreateIndex
CREATE UNIQUE INDEX "schema_registry_schemas_fingerprint_key" ON "schema_registry_schemas"("fingerprint");

-- CreateIndex
CREATE INDEX "schema_registry_versions_schema_id_idx" ON "schema_registry_versions"("schema_id");

-- AddForeignKey
ALTER TABLE "schema_registry_versions" ADD CONSTRAINT "schema_registry_versions_schema_id_fkey" FOREIGN KEY ("schema_id") REFERENCES "schema_registry_schemas"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
