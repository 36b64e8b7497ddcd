-- CreateTable
CREATE TABLE "digest_schedule" (
    "company_id" TEXT NOT NULL,
    "weekday" INTEGER NOT NULL,
    "hour" INTEGER NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "digest_schedule_pkey" PRIMARY KEY ("company_id")
);

-- CreateTable
CREATE TABLE "digest_figure" (
    "company_id" TEXT NOT NULL,
    "week" DATE NOT NULL,
    "figure" TEXT NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,
    "time_zone" TEXT NOT NULL,
    "currency" TEXT NOT NULL,

    CONSTRAINT "digest_figure_pkey" PRIMARY KEY ("company_id","week","figure")
);

-- Who has had a channel for the digest without getting any is not late with the one of this week
INSERT INTO "digest_schedule" ("company_id", "weekday", "hour", "set_at")
SELECT DISTINCT "company_id", 1, 9, now() FROM "guild_settings" WHERE "digest_channel_id" IS NOT NULL;
