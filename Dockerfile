FROM node:22-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app

# Packages first: they change less often than the sources, and the Prisma client is made with them.
COPY package.json package-lock.json .npmrc prisma.config.ts ./
COPY prisma ./prisma
RUN npm ci --omit=dev --no-audit --no-fund

COPY commands ./commands
COPY src ./src

USER node
EXPOSE 3000
HEALTHCHECK --start-period=60s CMD ["node", "-e", "fetch('http://127.0.0.1:3000/readyz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# As `npm start` does, without npm: signals reach the bot itself.
CMD ["node", "--max-semi-space-size=32", "--import", "tsx", "src/main.ts"]
