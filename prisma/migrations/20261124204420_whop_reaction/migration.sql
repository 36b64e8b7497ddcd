-- CreateTable
CREATE TABLE "whop_reaction" (
    "company_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "whop_reaction_pkey" PRIMARY KEY ("company_id","id")
);

-- Those that are counted are known; one that was counted several times isn't counted again.
INSERT INTO "whop_reaction" ("company_id", "id", "at")
SELECT "activity"."company_id", "activity"."id", min("activity"."at")
FROM "activity"
JOIN "account" ON "account"."company_id" = "activity"."company_id" AND "account"."number" = "activity"."account"
WHERE "activity"."kind" = 'reaction' AND "account"."platform" = 'whop'
GROUP BY "activity"."company_id", "activity"."id";
