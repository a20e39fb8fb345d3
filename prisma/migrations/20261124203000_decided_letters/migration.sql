-- AlterTable
ALTER TABLE "dead_letters" ADD COLUMN     "edited_version" INTEGER;

-- What the Prisma schema cannot say.

-- A rebuild asks for each stretch of the log what people decided about its events: there are few.
CREATE INDEX dead_letters_decided ON dead_letters (consumer, position) WHERE status = 'discarded' OR edited_data IS NOT NULL;
