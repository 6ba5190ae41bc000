package dev.sparring.dsl.explain

import dev.sparring.random.Seed
import dev.sparring.statistics.Shapley

/** In which orders moves are made: all, or some that are drawn, each followed by its reverse. */
internal class Orders(private val request: ExplainRequest) {
    private val count = request.permutations

    /** Pairs of an order and its reverse have less variance (antithetic sampling). */
    val arePairs: Boolean = count != null && count % 2 == 0

    /** @throws ExplainException if there are more than can be counted, or trained */
    fun requireFew(joints: List<Joint>) {
        if (joints.size > MOST_AT_ALL) {
            throw ExplainException(
                "${joints.size} settings differ, $MOST_AT_ALL moves are the most: make fewer by " +
                    "--join: ${joints.joinToString { it.title }}"
            )
        }
        val drawn = taken(joints.size) ?: return
        val runs = Shapley.orders(drawn).sets().size.toLong() * request.seeds.size
        if (runs > MOST_RUNS) {
            throw ExplainException(
                "--permutations: $MOST_RUNS runs at most, $count orders of ${joints.size} moves with " +
                    "${request.seeds.size} seeds make $runs"
            )
        }
    }

    /** @throws ExplainException if all orders would take too many runs */
    fun require(joints: List<Joint>) {
        val moves = joints.size
        if (count == null && moves > MOST_MOVES) {
            throw ExplainException(
                "$moves moves have too many orders (all of $MOST_MOVES at most, which are " +
                    "${1 shl MOST_MOVES} recipes): draw some by --permutations 8, or make fewer " +
                    "moves by --join: ${joints.joinToString { it.title }}"
            )
        }
    }

    /** Orders that are drawn; null for all, also where all take no more recipes. */
    fun taken(moves: Int): List<IntArray>? {
        val count = count ?: return null
        val drawn =
            (0 until count).map { i ->
                val order = stream(if (arePairs) i / 2 else i).permutation(moves)
                if (arePairs && i % 2 == 1) order.reversedArray() else order
            }
        val isAll = moves <= MOST_MOVES && Shapley.orders(drawn).sets().size == 1 shl moves
        return drawn.takeUnless { isAll }
    }

    private fun stream(order: Int) =
        Seed(request.permutationSeed).stream("explain order", order.toLong())

    /** The sets of moves that are trained. */
    fun sets(moves: Int, taken: List<IntArray>?): List<Long> =
        (if (taken == null) Shapley.allOrders(moves) else Shapley.orders(taken)).sets()

    /**
     * The sets that have to make sense: those that are trained, and each move alone and left out.
     */
    fun checked(moves: Int): List<Set<Int>> {
        val all = (0 until moves).toSet()
        val near = all.flatMap { listOf(setOf(it), all - it) }
        // Too many moves are refused, but not before they are joined.
        if (count == null && moves > MOST_MOVES) return near
        val trained =
            sets(moves, taken(moves)).map { set -> all.filter { set shr it and 1L == 1L }.toSet() }
        return (near + trained).distinct()
    }

    companion object {
        const val MOST_MOVES = 8
        const val MOST_AT_ALL = 60
        const val MOST_RUNS = 10_000
    }
}
