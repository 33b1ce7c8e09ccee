#!/bin/sh
# First run: gives every password and key that docker-compose.yml names and .env lacks a random value, and makes the folder for
# imports. What is there stays as it is, so it may be run again, as after an upgrade that brought another service.
set -eu
umask 077
cd "$(dirname "$0")/../.."
before=0
if [ -e .env ]; then before=$(grep -cE '^LOKMIN_[A-Z_]*_(PASSWORD|KEY)=.' .env || true); fi
touch .env
chmod 600 .env
# A last line that somebody left open is closed first.
if [ -n "$(tail -c 1 .env)" ]; then echo >>.env; fi
for name in $(grep -oE '\$\{LOKMIN_[A-Z_]*_(PASSWORD|KEY):\?' docker-compose.yml | tr -d '${:?' | sort -u); do
  grep -q "^$name=." .env && continue
  # 160 bits, beginning with a letter: plain text for every program that reads it
  printf '%s=p%s\n' "$name" "$(od -An -N20 -tx1 /dev/urandom | tr -d ' \n')" >>.env
done
after=$(grep -cE '^LOKMIN_[A-Z_]*_(PASSWORD|KEY)=.' .env)
[ -d files ] || mkdir -m 755 files
echo "$(pwd)/.env: $((after - before)) passwords made, $before kept. Keep a copy in a safe place."
