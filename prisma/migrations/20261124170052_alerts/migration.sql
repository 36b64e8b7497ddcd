-- AlterTable
ALTER TABLE "dispute" ADD COLUMN     "needs_response_by" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "alert" (
    "company_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "thing_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "found_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "member_id" TEXT,
    "message" TEXT,
    "place" INTEGER,
    "outcome" TEXT,
    "outcome_at" TIMESTAMPTZ(3),

    CONSTRAINT "alert_pkey" PRIMARY KEY ("company_id","kind","subject")
);

-- CreateTable
CREATE TABLE "alert_response" (
    "company_id" TEXT NOT NULL,
    "alert_id" UUID NOT NULL,
    "response" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "alert_response_pkey" PRIMARY KEY ("company_id","alert_id","response","at")
);

-- CreateTable
CREATE TABLE "alert_settings" (
    "company_id" TEXT NOT NULL,
    "minimum_minor" BIGINT,
    "quiet_from" INTEGER,
    "quiet_until" INTEGER,
    "per_day" INTEGER,

    CONSTRAINT "alert_settings_pkey" PRIMARY KEY ("company_id")
);

-- CreateTable
CREATE TABLE "alert_mute" (
    "company_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "alert_mute_pkey" PRIMARY KEY ("company_id","kind")
);

-- CreateIndex
CREATE UNIQUE INDEX "alert_id_key" ON "alert"("id");

-- CreateIndex
CREATE INDEX "alert_company_id_state_idx" ON "alert"("company_id", "state");

-- CreateIndex
CREATE INDEX "alert_company_id_member_id_idx" ON "alert"("company_id", "member_id");

-- CreateIndex
CREATE INDEX "alert_company_id_message_idx" ON "alert"("company_id", "message");
