-- CreateTable
CREATE TABLE "reconciliation" (
    "company_id" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reconciliation_pkey" PRIMARY KEY ("company_id")
);

-- CreateTable
CREATE TABLE "comparison" (
    "company_id" TEXT NOT NULL,
    "figure" TEXT NOT NULL,
    "compared_at" TIMESTAMPTZ(3) NOT NULL,
    "currency" TEXT NOT NULL,
    "whop_value" BIGINT NOT NULL,
    "our_value" BIGINT NOT NULL,
    "sentence" TEXT,

    CONSTRAINT "comparison_pkey" PRIMARY KEY ("company_id","figure")
);
