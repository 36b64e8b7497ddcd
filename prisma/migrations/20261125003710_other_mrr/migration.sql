-- AlterTable
ALTER TABLE "churn_score" ADD COLUMN     "other_mrr" JSONB NOT NULL DEFAULT '{}';
