-- CreateTable
CREATE TABLE "backfill" (
    "company_id" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "stopped" TEXT,

    CONSTRAINT "backfill_pkey" PRIMARY KEY ("company_id")
);
