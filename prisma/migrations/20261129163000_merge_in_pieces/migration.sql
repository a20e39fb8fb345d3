-- How far the rows of the shadow have been merged into the live ones.
ALTER TABLE "projection_rebuilds" ADD COLUMN "merged_to" TEXT;

-- Shadows are only read by their keys.
DROP INDEX rebuild.order_view_placed_at_order_id_idx;
DROP INDEX rebuild.order_view_status_placed_at_order_id_idx;
DROP INDEX rebuild.account_view_balance_account_id_idx;
