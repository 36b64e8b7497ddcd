-- CreateTable
CREATE TABLE "activity_book" (
    "company_id" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,

    CONSTRAINT "activity_book_pkey" PRIMARY KEY ("company_id")
);

-- CreateTable
CREATE TABLE "account" (
    "company_id" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,

    CONSTRAINT "account_pkey" PRIMARY KEY ("company_id","platform","id")
);

-- CreateTable
CREATE TABLE "activity" (
    "company_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "account" INTEGER NOT NULL,
    "channel_id" TEXT NOT NULL,
    "seconds" INTEGER NOT NULL,

    CONSTRAINT "activity_pkey" PRIMARY KEY ("company_id","at","kind","id")
) PARTITION BY RANGE ("at");

-- CreateTable
CREATE TABLE "activity_day" (
    "company_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "platform" TEXT NOT NULL,
    "channel_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "seconds" INTEGER NOT NULL,

    CONSTRAINT "activity_day_pkey" PRIMARY KEY ("company_id","day","platform","channel_id","kind")
);

-- CreateTable
CREATE TABLE "activity_hour" (
    "company_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "hour" INTEGER NOT NULL,
    "messages" INTEGER NOT NULL,

    CONSTRAINT "activity_hour_pkey" PRIMARY KEY ("company_id","day","hour")
);

-- CreateTable
CREATE TABLE "activity_people" (
    "company_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "platform" TEXT NOT NULL,
    "channel_id" TEXT NOT NULL,
    "block" INTEGER NOT NULL,
    "accounts" BIT(4096) NOT NULL,

    CONSTRAINT "activity_people_pkey" PRIMARY KEY ("company_id","day","platform","channel_id","block")
) WITH (fillfactor = 50);

-- A set of bits is the same length whatever it holds, and compressing it costs more than it saves.
ALTER TABLE "activity_people" ALTER COLUMN "accounts" SET STORAGE PLAIN;

-- CreateTable
CREATE TABLE "channel" (
    "company_id" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "channel_pkey" PRIMARY KEY ("company_id","platform","id")
);

-- CreateTable
CREATE TABLE "discord_channel" (
    "company_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "guild_id" TEXT NOT NULL,
    "read_to" DECIMAL(20,0) NOT NULL,

    CONSTRAINT "discord_channel_pkey" PRIMARY KEY ("company_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "account_company_id_number_key" ON "account"("company_id", "number");

-- CreateIndex
CREATE INDEX "activity_company_id_account_at_idx" ON "activity"("company_id", "account", "at");
