-- CreateIndex
CREATE INDEX "sagas_created_at_saga_id_idx" ON "sagas"("created_at", "saga_id");

-- The history is filtered by what an event goes back to.
CREATE INDEX events_correlation ON events ((metadata ->> 'correlationId'));
CREATE INDEX events_actor ON events ((metadata ->> 'actor'), recorded_at);
CREATE INDEX event_log_recorded ON event_log (recorded_at);
