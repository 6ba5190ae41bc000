package dev.sparring.dsl.explain

/** Joins moves of which one alone makes no recipe that makes sense. */
internal class Joining(private val validity: Validity) {
    /**
     * Joins moves until all these mixtures make sense.
     *
     * @param sets which mixtures there are, as sets of numbers, by the number of moves
     */
    fun of(moves: List<Joint>, sets: (Int) -> Iterable<Set<Int>>): List<Joint> {
        var joined = moves
        while (true) {
            val now = joined
            val found =
                sets(now.size)
                    .asSequence()
                    .sortedBy { it.size }
                    .firstNotNullOfOrNull { set -> problem(now, set)?.let { set to it } }
                    ?: return now
            joined = without(now, found.first, found.second)
        }
    }

    private fun problem(moves: List<Joint>, set: Set<Int>): String? =
        validity.problem(set.flatMap { moves[it].changes }.toSet())

    /**
     * Joins what a mixture that makes no sense has too many and too few of: of the nearest one
     * below it and of the nearest one above it, the moves by which they differ.
     */
    private fun without(moves: List<Joint>, set: Set<Int>, problem: String): List<Joint> {
        val others = moves.indices.toSet() - set
        val above = nearest(others) { problem(moves, set + it) == null } ?: others
        val below = nearest(set) { problem(moves, set - it) == null } ?: set
        val together = (above + below).sorted()
        val what = set.sorted().joinToString(" with ") { moves[it].title }
        val joint = Joint.of(together.map { moves[it] }, "$what alone $problem")
        return moves.mapIndexedNotNull { i, move ->
            if (i == together.first()) joint else move.takeIf { i !in together }
        }
    }

    /** One or two of them with which it makes sense; null if there are none. */
    private fun nearest(from: Set<Int>, fits: (Set<Int>) -> Boolean): Set<Int>? {
        val single = from.asSequence().map { setOf(it) }
        val pairs = from.asSequence().flatMap { i -> from.filter { it > i }.map { setOf(i, it) } }
        return (single + pairs).find(fits)
    }
}
