-- CreateTable
CREATE TABLE "account_link" (
    "company_id" TEXT NOT NULL,
    "discord_user_id" TEXT NOT NULL,
    "whop_user_id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "linked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "account_link_pkey" PRIMARY KEY ("company_id","discord_user_id")
);

-- CreateTable
CREATE TABLE "account_unlink" (
    "company_id" TEXT NOT NULL,
    "discord_user_id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "unlinked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "account_unlink_pkey" PRIMARY KEY ("company_id","discord_user_id")
);

-- CreateTable
CREATE TABLE "link_code" (
    "company_id" TEXT NOT NULL,
    "discord_user_id" TEXT NOT NULL,
    "code_hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "link_code_pkey" PRIMARY KEY ("company_id","discord_user_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "account_link_company_id_whop_user_id_key" ON "account_link"("company_id", "whop_user_id");

-- CreateIndex
CREATE UNIQUE INDEX "link_code_company_id_code_hash_key" ON "link_code"("company_id", "code_hash");
