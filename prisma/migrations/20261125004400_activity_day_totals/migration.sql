-- Sums of each day over all places, beside those of each place: what a report of days needs are a few rows of each.
INSERT INTO "activity_day" ("company_id", "day", "platform", "channel_id", "kind", "count", "seconds")
SELECT "company_id", "day", '', '', "kind", sum("count"), sum("seconds")
FROM "activity_day" GROUP BY "company_id", "day", "kind";
