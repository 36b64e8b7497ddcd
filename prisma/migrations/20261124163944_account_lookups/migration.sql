-- CreateTable
CREATE TABLE "account_lookup" (
    "company_id" TEXT NOT NULL,
    "whop_user_id" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "account_lookup_pkey" PRIMARY KEY ("company_id","whop_user_id")
);
