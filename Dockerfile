# Node runs the TypeScript as it is: what is "built" here is node_modules, without what only developers need.

FROM node:24.21.0-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The embedded PostgreSQL is optional and for first days on a laptop; an image has DATABASE_URL.
RUN npm ci --omit=dev --omit=optional && npm cache clean --force

FROM node:24.21.0-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/tmp/aiops
# Nothing of the image is written to: it runs with a read-only root file system and a /tmp in memory.
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json LICENSE ./
COPY src ./src
COPY bot ./bot
COPY graphql ./graphql
COPY db ./db
COPY monitoring ./monitoring
COPY docs/runbook.md ./docs/
# What Node strips of types and compiles at a start is kept in the image, so that every container starts in half the time. Node keeps it for one user
# id, readable for that one alone: it is made as the user who will read it, and made what nobody writes to.
RUN install --directory --owner=node node_modules/.cache \
  && setpriv --reuid=node --regid=node --clear-groups node --import ./src/compile-cache.js src/warm-up.ts > /dev/null \
  && chown --recursive root:root node_modules/.cache \
  && chmod --recursive a+rX node_modules/.cache
USER node
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--import", "./src/compile-cache.js", "src/main.ts"]
# docker run IMAGE [api] [bot] [worker]; all three when none is named.
CMD []
