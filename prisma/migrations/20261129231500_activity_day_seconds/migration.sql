-- AlterTable
ALTER TABLE "activity_day" ALTER COLUMN "seconds" SET DATA TYPE BIGINT;
