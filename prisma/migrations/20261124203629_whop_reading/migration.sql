-- CreateTable
CREATE TABLE "whop_reading" (
    "company_id" TEXT NOT NULL,
    "read_to" TIMESTAMPTZ(3),
    "refusals" TEXT[],

    CONSTRAINT "whop_reading_pkey" PRIMARY KEY ("company_id")
);
