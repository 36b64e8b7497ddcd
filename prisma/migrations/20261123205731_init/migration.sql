-- CreateTable
CREATE TABLE "inbox" (
    "company_id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "payload" JSONB NOT NULL,
    "error" TEXT,

    CONSTRAINT "inbox_pkey" PRIMARY KEY ("company_id","source","event_id")
);

-- CreateTable
CREATE TABLE "company" (
    "company_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "title" TEXT,
    "version" TEXT NOT NULL,
    "older" JSONB NOT NULL,

    CONSTRAINT "company_pkey" PRIMARY KEY ("company_id","id")
);

-- CreateTable
CREATE TABLE "product" (
    "company_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "title" TEXT,
    "version" TEXT NOT NULL,
    "older" JSONB NOT NULL,

    CONSTRAINT "product_pkey" PRIMARY KEY ("company_id","id")
);

-- CreateTable
CREATE TABLE "plan" (
    "company_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "product_id" TEXT,
    "title" TEXT,
    "plan_type" TEXT,
    "billing_period_days" INTEGER,
    "expiration_days" INTEGER,
    "trial_period_days" INTEGER,
    "currency" TEXT,
    "initial_price_minor" BIGINT,
    "renewal_price_minor" BIGINT,
    "version" TEXT NOT NULL,
    "older" JSONB NOT NULL,

    CONSTRAINT "plan_pkey" PRIMARY KEY ("company_id","id")
);

-- CreateTable
CREATE TABLE "customer" (
    "company_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "username" TEXT,
    "name" TEXT,
    "version" TEXT NOT NULL,
    "older" JSONB NOT NULL,

    CONSTRAINT "customer_pkey" PRIMARY KEY ("company_id","id")
);

-- CreateTable
CREATE TABLE "membership" (
    "company_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "user_id" TEXT,
    "plan_id" TEXT,
    "product_id" TEXT,
    "status" TEXT,
    "created_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3),
    "renewal_period_start" TIMESTAMPTZ(3),
    "renewal_period_end" TIMESTAMPTZ(3),
    "canceled_at" TIMESTAMPTZ(3),
    "cancel_at_period_end" BOOLEAN,
    "cancel_option" TEXT,
    "promo_code_id" TEXT,
    "version" TEXT NOT NULL,
    "older" JSONB NOT NULL,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("company_id","id")
);

-- CreateTable
CREATE TABLE "membership_change" (
    "company_id" TEXT NOT NULL,
    "membership_id" TEXT NOT NULL,
    "change" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "membership_change_pkey" PRIMARY KEY ("company_id","membership_id","change","at")
);

-- CreateTable
CREATE TABLE "payment" (
    "company_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "user_id" TEXT,
    "membership_id" TEXT,
    "plan_id" TEXT,
    "product_id" TEXT,
    "status" TEXT,
    "billing_reason" TEXT,
    "currency" TEXT,
    "total_minor" BIGINT,
    "subtotal_minor" BIGINT,
    "tax_minor" BIGINT,
    "amount_after_fees_minor" BIGINT,
    "usd_total_minor" BIGINT,
    "created_at" TIMESTAMPTZ(3),
    "paid_at" TIMESTAMPTZ(3),
    "last_attempt_at" TIMESTAMPTZ(3),
    "failed_attempts" INTEGER,
    "promo_code_id" TEXT,
    "version" TEXT NOT NULL,
    "older" JSONB NOT NULL,

    CONSTRAINT "payment_pkey" PRIMARY KEY ("company_id","id")
);

-- CreateTable
CREATE TABLE "refund" (
    "company_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "payment_id" TEXT,
    "status" TEXT,
    "currency" TEXT,
    "amount_minor" BIGINT,
    "created_at" TIMESTAMPTZ(3),
    "version" TEXT NOT NULL,
    "older" JSONB NOT NULL,

    CONSTRAINT "refund_pkey" PRIMARY KEY ("company_id","id")
);

-- CreateTable
CREATE TABLE "dispute" (
    "company_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "payment_id" TEXT,
    "status" TEXT,
    "currency" TEXT,
    "amount_minor" BIGINT,
    "created_at" TIMESTAMPTZ(3),
    "version" TEXT NOT NULL,
    "older" JSONB NOT NULL,

    CONSTRAINT "dispute_pkey" PRIMARY KEY ("company_id","id")
);

-- CreateIndex
CREATE INDEX "inbox_company_id_received_at_idx" ON "inbox"("company_id", "received_at");

-- CreateIndex
CREATE INDEX "membership_company_id_user_id_idx" ON "membership"("company_id", "user_id");

-- CreateIndex
CREATE INDEX "payment_company_id_user_id_idx" ON "payment"("company_id", "user_id");

-- CreateIndex
CREATE INDEX "payment_company_id_membership_id_idx" ON "payment"("company_id", "membership_id");

-- CreateIndex
CREATE INDEX "refund_company_id_payment_id_idx" ON "refund"("company_id", "payment_id");

-- CreateIndex
CREATE INDEX "dispute_company_id_payment_id_idx" ON "dispute"("company_id", "payment_id");
