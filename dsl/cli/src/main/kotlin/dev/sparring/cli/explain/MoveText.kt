package dev.sparring.cli.explain

import dev.sparring.cli.columns
import dev.sparring.cli.sweep.csv
import dev.sparring.dsl.explain.Explanation
import dev.sparring.setting.Shown

/** The moves from one recipe to the other: their settings, and what was joined and why. */
internal class MoveText(
    private val plan: Explanation,
    private val first: String,
    private val second: String,
) {
    /** What was joined, and in which orders moves are made, a line each. */
    val notes: List<String> = reasons() + plan.notes + listOf(orders())

    private fun reasons(): List<String> =
        plan.moves.flatMap { move ->
            move.reasons.map { "move ${move.number} is one: ${Shown.line(it)}" }
        }

    private fun orders(): String {
        val orders = plan.orders
        val recipes = plan.sweep.cells.size
        val made =
            when {
                orders == null -> "moves are made in all orders"
                plan.arePairs ->
                    "moves are made in ${orders.size} orders: ${orders.size / 2} that are drawn " +
                        "from seed ${plan.orderSeed}, and their reverses"
                else ->
                    "moves are made in ${orders.size} orders that are drawn from seed ${plan.orderSeed}"
            }
        val alike = plan.sets.size - recipes
        val same = if (alike == 0) "" else "; $alike more combinations are recipes among them"
        return "$made: $recipes recipes$same"
    }

    /** A row for each setting of each move. */
    fun text(): String {
        val rows =
            plan.moves.flatMap { move ->
                val own =
                    move.differences.map {
                        listOf(it.rank.word, it.path, "${it.first}", "${it.second}")
                    }
                own.ifEmpty { listOf(listOf("", move.title, "", "only with other moves")) }
                    .mapIndexed { i, row ->
                        (listOf(if (i == 0) "${move.number}" else "") + row).map { Shown.line(it) }
                    }
            }
        val header = listOf("move", "", "setting", "A: $first", "B: $second")
        return columns(listOf(header) + rows, right = setOf(0)) + notes.joinToString("") { "$it\n" }
    }

    fun csv(): String {
        val header = listOf("move", "title", "kind", "setting", "a", "b")
        val rows =
            plan.moves.flatMap { move ->
                move.differences.map {
                    listOf("${move.number}", move.title, it.rank.word, it.path) +
                        listOf("${it.first}", "${it.second}")
                }
            }
        return csv(listOf(header) + rows)
    }
}
