#!/usr/bin/env bash
# Trains the built-in model and evaluates it: build.sh [DIR [NEWSBEAT]]. Writes topics.safetensors and, unless
# NEWSBEAT_MODEL_ONLY is set, topics.evaluation.csv (10 folds, a source never on both sides) into DIR.
#
# The settings were chosen on the training years of a public set of New York Times front pages, labelled by others; alpha and
# calibration are chosen by leave-one-out on our corpus. 64,000 terms keep the file under 2 MB.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
dir=${1:-$here}
newsbeat=${2:-newsbeat}
corpus=$here/../datasets/topics/paragraphs.csv
settings=(--classifier complement --ngrams 1-2 --stop-words smart --max-features 64000)

"$newsbeat" train "$corpus" -o "$dir/topics.safetensors" --force "${settings[@]}"
if [[ -z ${NEWSBEAT_MODEL_ONLY:-} ]]; then
    "$newsbeat" evaluate "$corpus" --group source --folds 10 -o "$dir/topics.evaluation.csv" --force "${settings[@]}"
fi
