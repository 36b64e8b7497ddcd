-- How the counts of people of each customer changed, all that a question about many customers needs: without it each of their
-- rows, most of them of money or of plans, is looked at. Prisma's schema can't say it.
CREATE INDEX "book_stock_people_idx" ON "book_stock"("company_id", "scope", "customer_id", "at")
  INCLUDE ("members", "paying_customers") WHERE "currency" = '';
