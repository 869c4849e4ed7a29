#!/usr/bin/env bash
# Trains the built-in model: train.sh MODEL [NEWSBEAT]
set -euo pipefail
model=$1
newsbeat=${2:-newsbeat}
"$newsbeat" train "$(dirname "$0")/../datasets/topics/paragraphs.csv" -o "$model" --force --min-df 2
