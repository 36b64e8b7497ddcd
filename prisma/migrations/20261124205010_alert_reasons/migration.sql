-- AlterTable
ALTER TABLE "alert" ADD COLUMN     "reason" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "payment" ADD COLUMN     "dispute_alerted_at" TIMESTAMPTZ(3);
