-- Retries that were left running with nothing left to try: their last letters ended at the same moment, or were discarded,
-- edited or brought back by a rebuild.
UPDATE dead_letter_actions action
SET outcome = CASE WHEN letter.status = 'resolved' THEN 'delivered' ELSE 'notTried' END
FROM dead_letters letter
WHERE letter.id = action.letter_id AND action.action = 'retry' AND action.outcome IS NULL
  AND NOT (letter.status = 'retrying' AND letter.retry_id = action.retry_id);

UPDATE dead_letter_retries retry SET status = 'completed', finished_at = now()
WHERE status = 'running'
  AND NOT EXISTS (SELECT FROM dead_letter_actions action WHERE action.retry_id = retry.id AND action.outcome IS NULL);
