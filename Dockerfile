# One image for every process of Lokmin; the command chooses which. Steps that any builder knows: no BuildKit needed.
#   docker build -t lokmin .
ARG NODE_IMAGE=node:24-bookworm-slim

# What decides about the packages, alone: another line of source does not install everything again.
FROM ${NODE_IMAGE} AS manifests
LABEL org.lokmin.step=build
WORKDIR /lokmin
COPY . .
RUN find . -type f ! -name package.json ! -name package-lock.json ! -name .npmrc -delete \
 && find . -type d -empty -delete

FROM ${NODE_IMAGE} AS packages
LABEL org.lokmin.step=build
WORKDIR /lokmin
COPY --from=manifests /lokmin ./
RUN npm ci --loglevel=error

# The optional packages are Node.js itself for machines without one (189 MB), and what only the build needs.
FROM packages AS production-packages
RUN npm ci --omit=dev --omit=optional --prefer-offline --loglevel=error

FROM packages AS build
COPY . .
RUN NX_DAEMON=false NX_TUI=false NODE_ENV=production node node_modules/nx/dist/bin/nx.js run-many --target=build \
 && node_modules/.bin/swc tools/cli tools/demo tools/compose tools/local/databases.ts -d built --config-file .swcrc --source-maps \
 && cp -r --parents package.json tools/package.json tools/demo/belitung-timur libs/evaluation/catalogue \
      libs/*/package.json libs/*/dist apps/*/package.json apps/*/dist built/

FROM ${NODE_IMAGE}
# /data: what a volume that is mounted there starts with, so that it belongs to the user `node`.
RUN mkdir -m 700 /data && chown node:node /data
WORKDIR /lokmin
COPY --from=production-packages /lokmin/node_modules node_modules
COPY --from=build /lokmin/built ./
COPY tools/compose/healthy /usr/local/bin/healthy
ENV NODE_ENV=production \
    LOKMIN_HTTP_HOST=0.0.0.0 \
    LOKMIN_HTTP_PORT=4000 \
    LOKMIN_WEB_ROOT=/lokmin/apps/web/dist
USER node
EXPOSE 4000
ENTRYPOINT ["node", "--enable-source-maps"]
CMD ["tools/cli/lokmin.js", "--help"]
