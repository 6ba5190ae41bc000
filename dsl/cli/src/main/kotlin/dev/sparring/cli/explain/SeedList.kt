package dev.sparring.cli.explain

import dev.sparring.cli.BadInput
import dev.sparring.setting.Shown

/** Seeds as an option gives them: 1..5, 5, or 2,3,7. */
internal object SeedList {
    private const val MOST = 1000
    private val RANGE = Regex("(-?\\d{1,18})\\.\\.(-?\\d{1,18})")
    private val COUNT = Regex("\\d{1,9}")
    private val LIST = Regex("-?\\d{1,18}(,-?\\d{1,18})+,?|-?\\d{1,18},")

    fun of(text: String): List<Long> {
        val said = text.filterNot { it == ' ' }
        val range = RANGE.matchEntire(said)
        val ends =
            if (range != null) range.groupValues.drop(1).map { it.toLong() }
            else if (COUNT.matches(said)) listOf(1L, said.toLong()) else null
        if (ends != null) {
            val (from, to) = ends
            if (to < from) throw wrong("expected at least one seed, such as 1..3", text)
            if (to - from >= MOST) throw wrong("$MOST seeds at most", text)
            return (from..to).toList()
        }
        if (!LIST.matches(said)) throw wrong("expected seeds such as 1..5, 5 or 2,3,7", text)
        val seeds = said.split(',').filter { it.isNotEmpty() }.map { it.toLong() }
        val twice = seeds.find { seed -> seeds.count { it == seed } > 1 }
        if (twice != null) throw BadInput("--seeds: $twice is there twice")
        return seeds
    }

    private fun wrong(problem: String, text: String) =
        BadInput("--seeds: $problem, got ${Shown.quoted(text)}")
}
