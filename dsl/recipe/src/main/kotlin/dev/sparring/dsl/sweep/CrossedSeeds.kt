package dev.sparring.dsl.sweep

import dev.sparring.dsl.text.Fields
import dev.sparring.dsl.text.Items
import dev.sparring.dsl.text.described
import dev.sparring.dsl.text.didYouMean
import dev.sparring.dsl.text.list
import dev.sparring.recipe.Seeds
import dev.sparring.setting.Shown

/** The axes of seeds by purpose, whose components of variance a sweep prints. */
internal object CrossedSeeds {
    private const val PREFIX = "train.seeds."
    private val PURPOSES = Seeds::class.java.recordComponents.map { it.name }

    /** What comes after an axis that varies one of a recipe's seeds; null for another axis. */
    fun purpose(axis: String): String? =
        axis.removePrefix(PREFIX).takeIf { axis.startsWith(PREFIX) && it in PURPOSES }

    /** The paths of the axes that `variance` names, or of all that vary seeds, in their order. */
    fun read(root: Fields, axes: List<Axis>): List<String> {
        val varied = axes.filter { it.values.size > 1 && purpose(it.path) != null }.map { it.path }
        val node = root.entries[VARIANCE] ?: return varied
        if (node is Items && node.items.isEmpty()) {
            throw wrong(node.place, VARIANCE, "expected seeds, e.g. [weights, order]")
        }
        if (node is Fields) {
            throw wrong(node.place, VARIANCE, "expected seeds, got ${node.described()}")
        }
        val asked =
            textsOf(node, VARIANCE).map { (purpose, item) ->
                if (purpose !in PURPOSES) {
                    throw wrong(
                        item.place,
                        VARIANCE,
                        "unknown seed ${Shown.quoted(purpose)}${didYouMean(purpose, PURPOSES)} " +
                            "there is ${list(PURPOSES)}",
                    )
                }
                val path = PREFIX + purpose
                if (path !in varied) {
                    throw wrong(
                        item.place,
                        VARIANCE,
                        "no axis varies the seed of $purpose: write $path: [1, 2, 3] under $AXES, " +
                            "or leave $purpose out",
                    )
                }
                path
            }
        return varied.filter { it in asked }
    }
}
