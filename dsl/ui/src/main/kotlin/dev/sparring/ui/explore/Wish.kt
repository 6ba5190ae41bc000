package dev.sparring.ui.explore

import dev.sparring.network.Interpolation
import dev.sparring.network.Truncation
import dev.sparring.ui.Refused
import io.ktor.http.Parameters

/**
 * What a page wants to see of a generator.
 *
 * @param seed of the noise
 * @param label the class; null for all in turn
 */
internal class Wish(val seed: Long, val label: Int?, val truncation: Truncation?, val view: View) {
    sealed interface View

    /** That many samples. */
    class Grid(val count: Int) : View

    /** A sample between that of the seed and that of another one; [place] is 0 to 1. */
    class Walk(val to: Long, val place: Double, val path: Interpolation) : View

    /** A sample whose noise is moved along directions, by their numbers. */
    class Moved(val along: Map<Int, Double>) : View

    companion object {
        private const val MOST = 64
        private const val FARTHEST = 20.0

        /** @throws Refused if something is no such value */
        fun of(given: Parameters): Wish =
            Wish(
                given["seed"]?.toLongOrNull() ?: refuse("seed", "a whole number"),
                given["class"]
                    ?.takeIf { it.isNotEmpty() }
                    ?.let { it.toIntOrNull() ?: refuse("class", "a whole number") },
                truncation(given),
                view(given),
            )

        private fun truncation(given: Parameters): Truncation? {
            val name = given["truncation"]?.takeIf { it.isNotEmpty() } ?: return null
            val kind =
                Truncation.Kind.entries.find { it.name.lowercase() == name }
                    ?: refuse("truncation", "resample, scale or temperature")
            val value = given["value"]?.toDoubleOrNull() ?: refuse("value", "a number")
            return Refused.unless { Truncation(kind, value) }
        }

        private fun view(given: Parameters): View =
            when (given["mode"]) {
                "grid" ->
                    Grid(
                        given["count"]?.toIntOrNull()?.takeIf { it in 1..MOST }
                            ?: refuse("count", "1 to $MOST")
                    )
                "walk" ->
                    Walk(
                        given["to"]?.toLongOrNull() ?: refuse("to", "a whole number"),
                        given["place"]?.toDoubleOrNull()?.takeIf { it in 0.0..1.0 }
                            ?: refuse("place", "0 to 1"),
                        Interpolation.entries.find { it.name.lowercase() == given["path"] }
                            ?: refuse("path", "lerp or slerp"),
                    )
                "directions" -> Moved(along(given["along"].orEmpty()))
                else -> refuse("mode", "grid, walk or directions")
            }

        /** Such as 0:1.5_3:-2. */
        private fun along(text: String): Map<Int, Double> =
            text
                .split('_')
                .filter { it.isNotEmpty() }
                .associate { one ->
                    val number = one.substringBefore(':').toIntOrNull()
                    val far = one.substringAfter(':', "").toDoubleOrNull()
                    if (number == null || far == null || far !in -FARTHEST..FARTHEST) {
                        refuse("along", "NUMBER:DISTANCE with distances up to $FARTHEST")
                    }
                    number to far
                }

        private fun refuse(name: String, expected: String): Nothing =
            throw Refused("$name: expected $expected")
    }
}
