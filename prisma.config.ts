import { defineConfig } from 'prisma/config';

// Only Prisma's own CLI reads this, for `prisma migrate` and `prisma studio`; the bot applies migrations by itself.
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? '' },
});
