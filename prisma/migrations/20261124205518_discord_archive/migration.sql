-- AlterTable
ALTER TABLE "discord_guild" DROP COLUMN "archives_read_to";

-- CreateTable
CREATE TABLE "discord_archive" (
    "company_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "read_to" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "discord_archive_pkey" PRIMARY KEY ("company_id","id")
);
