-- The shape of the definition that a run began under. Of runs that there are, what is known of it stands in their steps.
ALTER TABLE "sagas" ADD COLUMN     "shape" JSONB;
