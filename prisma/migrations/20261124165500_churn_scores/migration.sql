-- CreateTable
CREATE TABLE "churn_model" (
    "company_id" TEXT NOT NULL,
    "rules" INTEGER NOT NULL,
    "fitted_at" TIMESTAMPTZ(3) NOT NULL,
    "model" JSONB NOT NULL,

    CONSTRAINT "churn_model_pkey" PRIMARY KEY ("company_id")
);

-- CreateTable
CREATE TABLE "churn_scan" (
    "company_id" TEXT NOT NULL,
    "week" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "currency" TEXT NOT NULL,
    "base_rate" DOUBLE PRECISION NOT NULL,
    "model_kind" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "totals" JSONB NOT NULL,

    CONSTRAINT "churn_scan_pkey" PRIMARY KEY ("company_id","week")
);

-- CreateTable
CREATE TABLE "churn_score" (
    "company_id" TEXT NOT NULL,
    "week" DATE NOT NULL,
    "member_id" TEXT NOT NULL,
    "membership_id" TEXT NOT NULL,
    "plan_id" TEXT,
    "segment" TEXT NOT NULL,
    "mrr_minor" BIGINT NOT NULL,
    "probability" DOUBLE PRECISION NOT NULL,
    "band" TEXT NOT NULL,
    "confidence" TEXT NOT NULL,
    "reasons" TEXT[],
    "contract" TEXT[],
    "suggestion" TEXT NOT NULL,
    "next_bill_at" TIMESTAMPTZ(3),
    "rise" TEXT,

    CONSTRAINT "churn_score_pkey" PRIMARY KEY ("company_id","week","member_id")
);

-- CreateTable
CREATE TABLE "opted_out" (
    "company_id" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "opted_out_pkey" PRIMARY KEY ("company_id","platform","user_id")
);

-- CreateIndex
CREATE INDEX "churn_score_company_id_member_id_idx" ON "churn_score"("company_id", "member_id");
