-- CreateTable
CREATE TABLE "outbox" (
    "company_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "seq" BIGSERIAL NOT NULL,
    "channel_id" TEXT NOT NULL,
    "direct" BOOLEAN NOT NULL,
    "body" JSONB,
    "revision" INTEGER NOT NULL,
    "message_id" TEXT,
    "attempt" INTEGER NOT NULL,
    "uncertain" BOOLEAN NOT NULL,
    "free_at" TIMESTAMPTZ(3),
    "failure" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("company_id","key")
);

-- CreateTable
CREATE TABLE "channel_trouble" (
    "company_id" TEXT NOT NULL,
    "channel_id" TEXT NOT NULL,
    "problem" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "channel_trouble_pkey" PRIMARY KEY ("company_id","channel_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "outbox_id_key" ON "outbox"("id");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_seq_key" ON "outbox"("seq");

-- CreateIndex
CREATE INDEX "outbox_free_at_idx" ON "outbox"("free_at");

-- CreateIndex
CREATE INDEX "outbox_channel_id_seq_idx" ON "outbox"("channel_id", "seq");
