node "$(dirname "$0")/src/shell.ts" --all
