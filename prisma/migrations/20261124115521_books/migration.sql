-- DropIndex
DROP INDEX "membership_company_id_user_id_idx";

-- DropIndex
DROP INDEX "payment_company_id_user_id_idx";

-- AlterTable
ALTER TABLE "dispute" ADD COLUMN     "customer_id" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "membership" ADD COLUMN     "customer_id" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "payment" ADD COLUMN     "customer_id" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "refund" ADD COLUMN     "customer_id" TEXT NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "membership_status" (
    "company_id" TEXT NOT NULL,
    "membership_id" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "membership_status_pkey" PRIMARY KEY ("company_id","membership_id","status","at")
);

-- CreateTable
CREATE TABLE "book" (
    "company_id" TEXT NOT NULL,
    "rules" INTEGER NOT NULL,
    "time_zone" TEXT NOT NULL,
    "wanted_currency" TEXT,
    "currency" TEXT NOT NULL,
    "memberships_as_of" TIMESTAMPTZ(3),

    CONSTRAINT "book_pkey" PRIMARY KEY ("company_id")
);

-- CreateTable
CREATE TABLE "book_currency" (
    "company_id" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "payments" INTEGER NOT NULL,

    CONSTRAINT "book_currency_pkey" PRIMARY KEY ("company_id","currency")
);

-- CreateTable
CREATE TABLE "book_flow" (
    "company_id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "plan_id" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "paid_in" TEXT,
    "cancel_option" TEXT,
    "gross_revenue" BIGINT,
    "after_fees" BIGINT,
    "refunds" BIGINT,
    "disputes_lost" BIGINT,
    "disputes_opened" BIGINT,
    "payments_succeeded" BIGINT,
    "payments_recovered" BIGINT,
    "payments_failed" BIGINT,
    "payments_pending" BIGINT,
    "payments_of_unknown_term" BIGINT,
    "payments_of_unknown_amount" BIGINT,
    "trials_started" BIGINT,
    "trials_converted" BIGINT,
    "trials_lost" BIGINT,
    "trials_pending" BIGINT,
    "cancellations_scheduled" BIGINT,
    "cancellations" BIGINT,

    CONSTRAINT "book_flow_pkey" PRIMARY KEY ("company_id","customer_id","kind","source_id","at","plan_id")
);

-- CreateTable
CREATE TABLE "book_stock" (
    "company_id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "involuntary" BOOLEAN NOT NULL,
    "paid_since" TIMESTAMPTZ(3),
    "mrr" BIGINT,
    "committed_mrr" BIGINT,
    "mrr_past_due" BIGINT,
    "trial_mrr" BIGINT,
    "paying_customers" BIGINT,
    "members" BIGINT,
    "active_subscriptions" BIGINT,

    CONSTRAINT "book_stock_pkey" PRIMARY KEY ("company_id","customer_id","scope","currency","at")
);

-- CreateTable
CREATE TABLE "book_day" (
    "company_id" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "grain" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "currency" TEXT NOT NULL,
    "mrr" BIGINT NOT NULL DEFAULT 0,
    "committed_mrr" BIGINT NOT NULL DEFAULT 0,
    "mrr_past_due" BIGINT NOT NULL DEFAULT 0,
    "trial_mrr" BIGINT NOT NULL DEFAULT 0,
    "paying_customers" BIGINT NOT NULL DEFAULT 0,
    "members" BIGINT NOT NULL DEFAULT 0,
    "active_subscriptions" BIGINT NOT NULL DEFAULT 0,
    "gross_revenue" BIGINT NOT NULL DEFAULT 0,
    "after_fees" BIGINT NOT NULL DEFAULT 0,
    "refunds" BIGINT NOT NULL DEFAULT 0,
    "disputes_lost" BIGINT NOT NULL DEFAULT 0,
    "disputes_opened" BIGINT NOT NULL DEFAULT 0,
    "payments_succeeded" BIGINT NOT NULL DEFAULT 0,
    "payments_recovered" BIGINT NOT NULL DEFAULT 0,
    "payments_failed" BIGINT NOT NULL DEFAULT 0,
    "payments_pending" BIGINT NOT NULL DEFAULT 0,
    "payments_of_unknown_term" BIGINT NOT NULL DEFAULT 0,
    "payments_of_unknown_amount" BIGINT NOT NULL DEFAULT 0,
    "trials_started" BIGINT NOT NULL DEFAULT 0,
    "trials_converted" BIGINT NOT NULL DEFAULT 0,
    "trials_lost" BIGINT NOT NULL DEFAULT 0,
    "trials_pending" BIGINT NOT NULL DEFAULT 0,
    "cancellations_scheduled" BIGINT NOT NULL DEFAULT 0,
    "cancellations" BIGINT NOT NULL DEFAULT 0,
    "new_mrr" BIGINT NOT NULL DEFAULT 0,
    "new_customers" BIGINT NOT NULL DEFAULT 0,
    "expansion_mrr" BIGINT NOT NULL DEFAULT 0,
    "expansion_customers" BIGINT NOT NULL DEFAULT 0,
    "contraction_mrr" BIGINT NOT NULL DEFAULT 0,
    "contraction_customers" BIGINT NOT NULL DEFAULT 0,
    "churn_mrr" BIGINT NOT NULL DEFAULT 0,
    "churn_customers" BIGINT NOT NULL DEFAULT 0,
    "reactivation_mrr" BIGINT NOT NULL DEFAULT 0,
    "reactivation_customers" BIGINT NOT NULL DEFAULT 0,
    "churned_involuntary" BIGINT NOT NULL DEFAULT 0,
    "joined" BIGINT NOT NULL DEFAULT 0,
    "left" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "book_day_pkey" PRIMARY KEY ("company_id","scope","grain","day","currency")
);

-- CreateTable
CREATE TABLE "book_kept" (
    "company_id" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "opened_grain" TEXT NOT NULL,
    "opened" DATE NOT NULL,
    "closed_grain" TEXT NOT NULL,
    "closed" DATE NOT NULL,
    "lost_customers" BIGINT NOT NULL DEFAULT 0,
    "lost_members" BIGINT NOT NULL DEFAULT 0,
    "mrr_change" BIGINT NOT NULL DEFAULT 0,
    "mrr_loss" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "book_kept_pkey" PRIMARY KEY ("company_id","scope","opened_grain","opened","closed_grain","closed","currency")
);

-- CreateTable
CREATE TABLE "book_lifetime" (
    "company_id" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "began" DATE NOT NULL,
    "seen" DATE NOT NULL,
    "ended" DATE NOT NULL,
    "since" DATE NOT NULL,
    "customers" INTEGER NOT NULL,

    CONSTRAINT "book_lifetime_pkey" PRIMARY KEY ("company_id","scope","began","seen","ended","since")
);

-- CreateTable
CREATE TABLE "company_settings" (
    "company_id" TEXT NOT NULL,
    "time_zone" TEXT,
    "reporting_currency" TEXT,
    "week_start" TEXT,

    CONSTRAINT "company_settings_pkey" PRIMARY KEY ("company_id")
);

-- CreateIndex
CREATE INDEX "book_flow_company_id_kind_at_idx" ON "book_flow"("company_id", "kind", "at");

-- CreateIndex
CREATE INDEX "book_stock_company_id_at_idx" ON "book_stock"("company_id", "at");

-- CreateIndex
CREATE INDEX "dispute_company_id_customer_id_idx" ON "dispute"("company_id", "customer_id");

-- CreateIndex
CREATE INDEX "membership_company_id_customer_id_idx" ON "membership"("company_id", "customer_id");

-- CreateIndex
CREATE INDEX "payment_company_id_customer_id_idx" ON "payment"("company_id", "customer_id");

-- CreateIndex
CREATE INDEX "refund_company_id_customer_id_idx" ON "refund"("company_id", "customer_id");
