-- Payments with a promo code are few among all: without these, what a code brought in a period is looked for in every payment.
-- Prisma's schema can't say it.
CREATE INDEX "payment_coded_at_idx" ON "payment"("company_id", "paid_at") WHERE "promo_code_id" IS NOT NULL;

CREATE INDEX "payment_coded_customer_idx" ON "payment"("company_id", "customer_id") WHERE "promo_code_id" IS NOT NULL;
