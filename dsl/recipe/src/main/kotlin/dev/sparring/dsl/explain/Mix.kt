package dev.sparring.dsl.explain

import dev.sparring.dsl.text.RecordSchema
import dev.sparring.layer.Block
import dev.sparring.layer.Layer
import dev.sparring.recipe.BlockDefinition
import dev.sparring.recipe.Recipe

/** A part of two recipes, from which any mixture of both can be built. */
internal sealed interface Mix {
    /**
     * The part with some changes from the second recipe.
     *
     * @throws IllegalArgumentException if a record refuses them
     */
    fun build(to: Mixture): Any?

    /** The changes in it, in the order of the settings. */
    val changes: List<String>
}

/** Which changes a mixture has from the second recipe, and the blocks that it defines meanwhile. */
internal class Mixture(private val taken: Set<String>) {
    private val defined = LinkedHashMap<String, BlockDefinition>()

    val blocks: List<BlockDefinition>
        get() = defined.values.toList()

    fun takes(change: String) = change in taken

    /** The use of a block with these layers: of that name if no other block has it. */
    fun block(name: String, layers: List<Layer>): Block {
        val names = generateSequence(1) { it + 1 }.map { if (it == 1) name else "$name-$it" }
        val free = names.first { defined[it]?.layers?.equals(layers) != false }
        defined[free] = BlockDefinition(free, layers)
        return Block(free)
    }
}

/** What both have alike. */
internal class Alike(private val value: Any?) : Mix {
    override fun build(to: Mixture) = value

    override val changes = emptyList<String>()
}

/** Either the one or the other. */
internal class Either(private val change: String, private val first: Mix, private val second: Mix) :
    Mix {
    override fun build(to: Mixture) = (if (to.takes(change)) second else first).build(to)

    override val changes = listOf(change)
}

/** A record of one class in both, setting by setting. */
internal class Fields(private val schema: RecordSchema, private val entries: Map<String, Mix>) :
    Mix {
    override fun build(to: Mixture): Any = schema.make(entries.mapValues { it.value.build(to) })

    override val changes = entries.values.flatMap { it.changes }
}

/** A list, some items of which only one recipe has. */
internal class Row(private val items: List<Item>) : Mix {
    /**
     * @param change what removes or adds it; null if both have it
     * @param isAdded whether only the second recipe has it
     */
    class Item(val mix: Mix, val change: String? = null, val isAdded: Boolean = false)

    override fun build(to: Mixture): List<Any?> =
        items
            .filter { it.change == null || to.takes(it.change) == it.isAdded }
            .map { it.mix.build(to) }

    override val changes = items.flatMap { listOfNotNull(it.change) + it.mix.changes }
}

/** The use of a block in both, whatever its layers. */
internal class BlockUse(private val name: String, private val layers: Mix) : Mix {
    @Suppress("UNCHECKED_CAST")
    override fun build(to: Mixture) = to.block(name, layers.build(to) as List<Layer>)

    override val changes = layers.changes
}

/** A layer of one recipe, with the blocks that it uses. */
internal class OneLayer(private val layer: Layer, private val recipe: Recipe) : Mix {
    override fun build(to: Mixture): Layer = opened(layer, to)

    private fun opened(whole: Layer, to: Mixture): Layer =
        Layer.deeply(whole) { layer ->
            val own = if (layer is Block) recipe.blocks.first { it.name == layer.name } else null
            if (own == null) layer else to.block(own.name, own.layers.map { opened(it, to) })
        }

    override val changes = emptyList<String>()
}
