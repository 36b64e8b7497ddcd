-- CreateTable
CREATE TABLE "backfill_progress" (
    "company_id" TEXT NOT NULL,
    "resource" TEXT NOT NULL,
    "cursor" TEXT,
    "rows_read" INTEGER NOT NULL,
    "rows_unread" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "backfill_progress_pkey" PRIMARY KEY ("company_id","resource")
);
