#!/bin/sh
# How long whole programs take to the end of their first step: `sparring train` of the ring as YAML, as a script that
# was compiled before and as one that was not, and PyTorch with the same networks (eight steps), in turn.
#
#   samples/bench/start.sh [ROUNDS] [PYTHON]     # seconds, a line a round
#
# The training is a whole one: it writes its run directory, with pictures and a checkpoint. Run it twice on a new
# machine, since the first start prepares Java's classes in the background, which takes a minute.
set -eu
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
home=$(cd "$(dirname "$0")/../.." && pwd)
rounds=${1:-5}
python=${2:-python3}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

seconds() {
  begin=$(date +%s%N)
  "$@" >"$folder/output" 2>&1 || { cat "$folder/output" >&2; exit 1; }
  end=$(date +%s%N)
  awk "BEGIN { printf \"%8.2f\", ($end - $begin) / 1e9 }"
}

train() {
  rm -rf "$folder/run"
  seconds "$home/sparring" train "$1" --set train.steps=1 --out "$folder/run"
}

script() {
  { echo "// $1"; cat "$home/samples/ring.gan.kts"; } >"$folder/ring.gan.kts"
  train "$folder/ring.gan.kts"
}

train "$home/samples/ring.gan.kts" >/dev/null
echo "    yaml  cached    cold pytorch"
for round in $(seq "$rounds"); do
  yaml=$(train "$home/samples/recipes/ring.yaml")
  cached=$(train "$home/samples/ring.gan.kts")
  cold=$(script "$$-$round")
  pytorch=$(seconds "$python" "$home/samples/bench/pytorch.py" ring 0)
  echo "$yaml$cached$cold$pytorch"
done
