-- AlterTable
ALTER TABLE "backfill_progress" ADD COLUMN     "product_id" TEXT;

-- CreateTable
CREATE TABLE "promo_code" (
    "company_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "code" TEXT,
    "product_id" TEXT,
    "status" TEXT,
    "promo_type" TEXT,
    "currency" TEXT,
    "amount_off_minor" BIGINT,
    "percent_off_basis_points" INTEGER,
    "duration" TEXT,
    "duration_months" INTEGER,
    "uses" INTEGER,
    "stock" INTEGER,
    "unlimited_stock" BOOLEAN,
    "created_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "version" TEXT NOT NULL,
    "older" JSONB NOT NULL,

    CONSTRAINT "promo_code_pkey" PRIMARY KEY ("company_id","id")
);

-- CreateTable
CREATE TABLE "affiliate" (
    "company_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "user_id" TEXT,
    "status" TEXT,
    "referrals_count" INTEGER,
    "active_members_count" INTEGER,
    "usd_revenue_minor" BIGINT,
    "usd_mrr_minor" BIGINT,
    "usd_earnings_minor" BIGINT,
    "created_at" TIMESTAMPTZ(3),
    "version" TEXT NOT NULL,
    "older" JSONB NOT NULL,

    CONSTRAINT "affiliate_pkey" PRIMARY KEY ("company_id","id")
);

-- CreateTable
CREATE TABLE "waitlist_entry" (
    "company_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "user_id" TEXT,
    "plan_id" TEXT,
    "product_id" TEXT,
    "status" TEXT,
    "created_at" TIMESTAMPTZ(3),
    "version" TEXT NOT NULL,
    "older" JSONB NOT NULL,

    CONSTRAINT "waitlist_entry_pkey" PRIMARY KEY ("company_id","id")
);

-- CreateTable
CREATE TABLE "review" (
    "company_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "user_id" TEXT,
    "product_id" TEXT,
    "stars" INTEGER,
    "status" TEXT,
    "paid_for_product" BOOLEAN,
    "created_at" TIMESTAMPTZ(3),
    "published_at" TIMESTAMPTZ(3),
    "version" TEXT NOT NULL,
    "older" JSONB NOT NULL,

    CONSTRAINT "review_pkey" PRIMARY KEY ("company_id","id")
);
