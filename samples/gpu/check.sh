#!/usr/bin/env bash
# Runs on a graphics card what we could not, and prints one table to send to us. From a checkout:
#
#   ./mvnw -q -Pcuda -DskipTests package      (some 3 GB to download)
#   samples/gpu/check.sh [cuda:0]             (at most ten minutes; cpu tries the script itself)
#
# Each check has a limit of time and a log; one that fails does not end the others.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
export device=${1:-cuda:0}
logs=$(mktemp -d "${TMPDIR:-/tmp}/sparring-check.XXXXXX")
export logs
rows=()
failed=0

# Builds if that is needed, which the limits below leave no time for.
./sparring --version >"$logs/build.log" 2>&1 || { cat "$logs/build.log"; exit 2; }

# check NAME SECONDS COMMAND...: a row of the table; what is said of it is the log's last line.
check() {
  local name=$1 limit=$2 log=$logs/${1// /-}.log begin=$SECONDS result=passed
  shift 2
  echo "$name ..." >&2
  # timeout wants a program, not a function of this script.
  timeout -k 10 "$limit" bash -c '"$@"' check "$@" >"$log" 2>&1 </dev/null
  local code=$?
  if [ $code = 124 ] || [ $code = 137 ]; then
    result="no end in $limit s"
  elif [ $code != 0 ]; then
    result="exit code $code"
  fi
  [ "$result" = passed ] || failed=1
  rows+=("$(printf '%-24s %-18s %4d s  %s' "$name" "$result" $((SECONDS - begin)) \
    "$(grep -v '^ *$' "$log" | tail -n 1 | cut -c1-120)")")
}

# The conformance suites, on this device. The last line counts the tests.
conformance() {
  local profile=-Pcuda
  [ "$device" != cpu ] || profile=
  ./mvnw $profile -pl lib/torch -am test -Dsparring.device="$device" \
    -Dtest='TorchConformanceTest,TorchCoreTest' -Dsurefire.failIfNoSpecifiedTests=false \
    -DfailIfNoTests=false
  local code=$?
  grep -h -o '<testsuite [^>]*' lib/torch/target/surefire-reports/TEST-*Torch{Conformance,Core}Test.xml |
    awk '{ for (i = 1; i <= NF; i++) if (split($i, part, "\"") > 1) n[part[1]] += part[2] }
      END { printf "%d tests, %d failures, %d errors, %d skipped\n", n["tests="], n["failures="], n["errors="], n["skipped="] }'
  return $code
}

# Trains, then trains again: reproduce says whether every bit is equal, or what differs first.
repeats() {
  ./sparring train samples/recipes/digits.yaml --steps 100 --out "$logs/repeat" --quiet --engine torch --device "$device" &&
    ./sparring reproduce "$logs/repeat"
}

trains() {
  ./sparring train samples/recipes/sngan-32.yaml --steps 20 --out "$logs/$1" --engine torch --device "$device" \
    --set train.precision="$1"
}

bench() {
  sed "s/^name: .*/&-bf16/; s/^train: { /&precision: bf16, /" samples/recipes/sngan-32.yaml >"$logs/bf16.yaml"
  ./sparring bench sngan-32 digits ring "$logs/bf16.yaml" --engine torch --device "$device" --rounds 1 --seconds 10
}

export -f conformance repeats trains bench

check "conformance" 300 conformance
check "trains again the same" 90 repeats
check "trains in float32" 60 trains float32
check "trains in bf16" 60 trains bf16
check "bench" 150 bench

echo
echo "Sparring $(git rev-parse --short HEAD 2>/dev/null || echo 'of unknown commit'), device $device"
nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader 2>/dev/null || echo "no nvidia-smi"
echo
printf '%s\n' "${rows[@]}"
echo
cat "$logs/bench.log"
echo
echo "logs: $logs"
exit $failed
