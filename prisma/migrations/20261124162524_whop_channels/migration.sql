-- CreateTable
CREATE TABLE "whop_channel" (
    "company_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "read_to" TIMESTAMPTZ(3),
    "cursor" TEXT,
    "newest" TIMESTAMPTZ(3),

    CONSTRAINT "whop_channel_pkey" PRIMARY KEY ("company_id","id")
);
