#!/usr/bin/env bash
# Runs the same queue with heard and with its peers, in one sitting, on one core, and prints
# arrivals a second: the fastest of five rounds in turn, since a neighbour on the machine can only
# slow a run down.
#
#     benches/peers/compare.sh [CORE] [ROUNDS]
#
# Needs cargo, python3 and taskset; installs everything under target/peers/.
set -euo pipefail
cd "$(dirname "$0")/../.."

core=${1:-0}
rounds=${2:-5}
here=benches/peers
made=target/peers
python=$made/python/bin/python

if ! "$python" -c "import simpy, ciw" 2>/dev/null; then
    python3 -m venv "$made/python"
    "$python" -m pip install --quiet simpy ciw
fi
for peer in bare nexosim; do
    cargo build --quiet --release --manifest-path "$here/$peer/Cargo.toml" --target-dir "$made/cargo"
done
cargo bench --quiet --bench erlang_a --no-run

# A peer reports "NAME 12345 arrivals/s"; of divan's line of counters, the first is the fastest.
peer() { taskset -c "$core" "$@" | sed -E 's/^[a-z]+ ([0-9]+) arrivals.*/\1/'; }
heard() {
    taskset -c "$core" cargo bench --quiet --bench erlang_a -- --color never queue 2>/dev/null |
        grep -oE '[0-9.]+ [KM]?item/s' | head -1 |
        awk '{ unit["item/s"] = 1; unit["Kitem/s"] = 1e3; unit["Mitem/s"] = 1e6; print $1 * unit[$2] }'
}

for _ in $(seq "$rounds"); do
    echo "heard $(heard)"
    echo "bare $(peer "$made/cargo/release/bare-erlang-a" 3000000)"
    echo "NeXosim $(peer "$made/cargo/release/nexosim-erlang-a" 1000000)"
    echo "SimPy $(peer "$python" "$here/erlang_a_simpy.py" 100000)"
    echo "Ciw $(peer "$python" "$here/erlang_a_ciw.py" 50000)"
done | awk '
    !($1 in best) { names[++count] = $1 }
    $2 > best[$1] { best[$1] = $2 }
    END {
        printf "%-10s %12s %16s\n", "", "arrivals/s", "heard is times"
        for (i = 1; i <= count; i++)
            printf "%-10s %12d %16.1f\n", names[i], best[names[i]], best["heard"] / best[names[i]]
    }'
