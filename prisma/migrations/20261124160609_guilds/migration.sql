-- CreateTable
CREATE TABLE "guild_link" (
    "guild_id" TEXT NOT NULL,
    "company_id" TEXT NOT NULL,
    "linked_by" TEXT NOT NULL,
    "linked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "guild_link_pkey" PRIMARY KEY ("guild_id")
);

-- CreateTable
CREATE TABLE "guild_settings" (
    "company_id" TEXT NOT NULL,
    "guild_id" TEXT NOT NULL,
    "staff_channel_id" TEXT,
    "digest_channel_id" TEXT,
    "staff_role_id" TEXT,
    "set_up_by" TEXT NOT NULL,

    CONSTRAINT "guild_settings_pkey" PRIMARY KEY ("company_id","guild_id")
);

-- CreateIndex
CREATE INDEX "guild_link_company_id_idx" ON "guild_link"("company_id");
