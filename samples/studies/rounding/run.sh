#!/bin/sh
# Trains the same eight seeds under kernels, engines and numbers of threads that round differently.
#   samples/studies/rounding/run.sh [FOLDER]     40 runs of 1,500 steps, some minutes; x86-64 with AVX-512 for all of them
set -eu
here=$(cd "$(dirname "$0")" && pwd)
sparring=${SPARRING:-$here/../../../sparring}
out=${1:-rounding}
mkdir -p "$out"

train() { # name, options
  name=$1
  shift
  "$sparring" sweep "$here/sweep.yaml" --out "$out/$name" "$@" >&2
}

unset OPENBLAS_CORETYPE ATEN_CPU_CAPABILITY
train own --engine torch --threads 1
OPENBLAS_CORETYPE=Haswell train haswell --engine torch --threads 1
ATEN_CPU_CAPABILITY=default train plain --engine torch --threads 1
train two-threads --engine torch --threads 2
train nd4j --engine nd4j --threads 1

awk -F, 'FNR == 1 { if (NR == 1) print "kernels," $0; next }
  { n = split(FILENAME, part, "/"); print part[n - 1] "," $0 }' \
  "$out"/own/runs.csv "$out"/haswell/runs.csv "$out"/plain/runs.csv "$out"/two-threads/runs.csv "$out"/nd4j/runs.csv \
  > "$out/runs.csv"
