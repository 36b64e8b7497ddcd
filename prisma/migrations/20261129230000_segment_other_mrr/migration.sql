-- Kept scans didn't tell MRR by segment that can't be converted: what their scores tell of it.
UPDATE "churn_scan" AS scan SET "totals" = jsonb_set("totals", '{segments}', (
  SELECT jsonb_agg(told || jsonb_build_object('otherMrr', coalesce(
    (SELECT jsonb_object_agg(currency, minor) FROM (
      SELECT currency, sum(amount::bigint) AS minor
      FROM "churn_score" AS score, jsonb_each_text(score."other_mrr") AS other(currency, amount)
      WHERE score."company_id" = scan."company_id" AND score."week" = scan."week" AND score."segment" = told ->> 'segment'
      GROUP BY currency
    ) AS sums), '{}')) ORDER BY place)
  FROM jsonb_array_elements("totals" -> 'segments') WITH ORDINALITY AS segments(told, place)
)) WHERE jsonb_array_length("totals" -> 'segments') > 0;
