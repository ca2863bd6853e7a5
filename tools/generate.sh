#!/usr/bin/env bash
# Writes the API's description and the web types made from it into a folder. Usage: tools/generate.sh FOLDER
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$1
mkdir -p "$folder"
go run ./cmd/parley openapi >"$folder/openapi.json"
web/node_modules/.bin/openapi-typescript "$folder/openapi.json" -o "$folder/schema.gen.ts" >/dev/null
