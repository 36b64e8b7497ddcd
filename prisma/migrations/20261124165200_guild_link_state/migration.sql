-- CreateTable
CREATE TABLE "guild_link_state" (
    "state_hash" TEXT NOT NULL,
    "company_id" TEXT NOT NULL,
    "guild_id" TEXT NOT NULL,
    "guild_name" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "guild_link_state_pkey" PRIMARY KEY ("state_hash")
);
