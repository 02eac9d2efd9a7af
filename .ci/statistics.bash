# What the measuring scripts here share; to be sourced.

# median: of the numbers on the standard input, one on each line.
median() { sort -n | awk '{ v[NR] = $1 } END { printf "%.10g\n", (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'; }

# peak LOG...: the most that the heap held, in MB, by logs of the collector: before a collection, or at the end.
peak() {
  {
    grep -ohE '[0-9]+M->' "$@" | tr -dc '0-9\n'
    sed -nE 's/.* used ([0-9]+)K.*/\1/p' "$@" | awk '{ print int($1 / 1024) }'
  } | sort -n | tail -n 1
}
