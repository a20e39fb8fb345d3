-- What was over before `finished_at` was kept.
UPDATE dead_letters SET finished_at = last_failed_at WHERE status IN ('resolved', 'discarded') AND finished_at IS NULL;

-- A block range of the inbox keeps its oldest time after its rows were pruned and its space was used again, so that the
-- ranges soon said "old" of everything and each round read the whole table.
DROP INDEX processed_events_age;
CREATE INDEX processed_events_age ON processed_events (processed_at);

-- What the Prisma schema cannot say.

-- Retention looks among the letters that are over.
CREATE INDEX dead_letters_finished ON dead_letters (finished_at) WHERE status IN ('resolved', 'discarded');
