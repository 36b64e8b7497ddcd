-- AlterTable
ALTER TABLE "discord_channel" ADD COLUMN     "messages" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "state" TEXT NOT NULL DEFAULT 'waiting';

-- CreateTable
CREATE TABLE "discord_guild" (
    "company_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "read_from" DECIMAL(20,0) NOT NULL,
    "archives_read_to" TIMESTAMPTZ(3),

    CONSTRAINT "discord_guild_pkey" PRIMARY KEY ("company_id","id")
);

-- CreateTable
CREATE TABLE "voice_session" (
    "company_id" TEXT NOT NULL,
    "guild_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "channel_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "voice_session_pkey" PRIMARY KEY ("company_id","guild_id","account_id")
);

-- CreateIndex
CREATE INDEX "discord_channel_company_id_guild_id_idx" ON "discord_channel"("company_id", "guild_id");
