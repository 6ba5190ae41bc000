package dev.sparring.dsl.diff

import dev.sparring.dsl.RecipeFormat
import dev.sparring.dsl.text.EnumSchema
import dev.sparring.dsl.text.RecordSchema
import dev.sparring.dsl.text.StandIn
import dev.sparring.dsl.text.numberText
import dev.sparring.init.He
import dev.sparring.init.Initializer
import dev.sparring.init.LeCun
import dev.sparring.init.Ones
import dev.sparring.init.Orthogonal
import dev.sparring.init.Xavier
import dev.sparring.layer.BatchNorm
import dev.sparring.layer.Block
import dev.sparring.layer.ConvTranspose
import dev.sparring.layer.Layer
import dev.sparring.norm.None
import dev.sparring.norm.WeightNorm
import dev.sparring.recipe.LayerTree
import dev.sparring.recipe.NetworkSpec
import dev.sparring.recipe.Recipe

/**
 * Computes a recipe's effect: the defaults of its convention are written out, blocks are expanded
 * where they are used, and each layer has the initializer and normalization that it takes from its
 * network. What only has effect through layers (`init`, `initByKind`, `norm`) is no setting of a
 * network here, and `fans` only where an initializer counts them in another way. The name is left
 * out, as it changes nothing but a folder.
 */
internal class Effects(private val recipe: Recipe, format: RecipeFormat) {
    private val schemas = format.schemas
    private val resolved = recipe.resolved()
    private val opened = mutableSetOf<String>()
    private val convention = "default of conventions ${recipe.conventions.name.lowercase()}"

    fun all(): Settings =
        record(resolved, recipe, null, null, skipped = setOf("name", "conventions", "blocks"))

    private fun record(
        now: Record,
        written: Record,
        origin: String?,
        network: Network?,
        skipped: Set<String> = emptySet(),
    ): Settings {
        if (now is Block && network != null) return block(now, network)
        val schema = schemas.of(now.javaClass)
        val defaults = schema.defaultsFor(now)
        val entries = LinkedHashMap<String, Effect>()
        for (setting in schema.settings.filter { it.name !in skipped }) {
            val value = setting.of(now)
            val said = setting.of(written)
            val isDefault = setting !in schema.required && value == setting.of(defaults)
            val from =
                when {
                    origin != null -> origin
                    value != null && said == null -> convention
                    isDefault -> DEFAULT
                    else -> null
                }
            value(value, said, from, network)?.let { entries[setting.name] = it }
        }
        if (now is Layer && network != null) inLayer(now, written, schema, network, entries)
        return Settings(schema.word, entries, origin, now is Layer)
    }

    /** A block is expanded; its layers take initializers from the network that uses it. */
    private fun block(use: Block, network: Network): Settings {
        val at = resolved.blocks.indexOfFirst { it.name == use.name }
        val name = linkedMapOf<String, Effect>("name" to Single(use.name, null))
        if (at < 0 || !opened.add(use.name)) return Settings(Layer.word(use), name, null, true)
        val layers = value(resolved.blocks[at].layers, recipe.blocks[at].layers, null, network)
        opened -= use.name
        return Settings(Layer.word(use), linkedMapOf("layers" to layers!!), null, true)
    }

    private fun value(now: Any?, written: Any?, origin: String?, network: Network?): Effect? =
        when (now) {
            null -> null
            is NetworkSpec -> network(now, written as NetworkSpec)
            is Record ->
                if (hasText(now)) record(now, written as? Record ?: now, origin, network)
                else Single(StandIn.described(now), origin)
            is List<*> ->
                if (now.any { it is Number || it is String || it is Enum<*> }) {
                    Single(now.joinToString(", ", "[", "]") { text(it!!) }, origin)
                } else {
                    val others = written as? List<*> ?: now
                    Series(now.zip(others) { a, b -> value(a, b, null, network)!! }, origin)
                }
            else -> Single(text(now), origin)
        }

    private fun network(now: NetworkSpec, written: NetworkSpec): Settings {
        val context = Network(now, written)
        val skipped =
            setOf("init", "initByKind", "norm") + if (context.fansMatter()) setOf() else setOf(FANS)
        return record(now as Record, written as Record, null, context, skipped)
    }

    /** Adds what a layer takes from its network, and writes its padding as one setting. */
    private fun inLayer(
        now: Layer,
        written: Record,
        schema: RecordSchema,
        network: Network,
        entries: MutableMap<String, Effect>,
    ) {
        val ownNorm = schema.setting("norm")?.of(now) as WeightNorm?
        schema.setting("init")?.let { setting ->
            if (setting.of(now) == null && !(now is BatchNorm && !now.affine)) {
                val norm =
                    if (schema.setting("norm") == null) null else ownNorm ?: network.now.norm()
                val drawn = norm?.initializer()
                val (initializer, origin) =
                    when {
                        drawn == null -> network.init(now)
                        ownNorm != null -> drawn to "from norm"
                        else -> drawn to network.from("norm")
                    }
                entries["init"] = value(initializer, initializer, origin, null)!!
            }
        }
        schema.setting("norm")?.let { setting ->
            if (setting.of(now) == null) {
                val norm = network.now.norm()
                val origin = if (norm is None) DEFAULT else network.from("norm")
                entries["norm"] = value(norm, norm, origin, null)!!
            }
        }
        val number = schema.setting("padding")
        val rule = schema.setting("pad")
        if (number != null && rule != null) {
            val open = number.of(written) == null && rule.of(written) == null
            val border = entries.remove("pad") ?: entries["padding"]
            entries["padding"] = Single(border.described(), if (open) convention else null)
        }
    }

    /** A network, its defaults handed down to its layers. */
    private inner class Network(val now: NetworkSpec, private val written: NetworkSpec) {
        private val name = schemas.of((now as Record).javaClass).noun

        fun from(setting: String) = "from $name.$setting"

        /** What draws a layer's weight or scale, as `NetworkPlan` finds it. */
        fun init(layer: Layer): Pair<Initializer, String> {
            val word = Layer.word(layer)
            val byKind = now.initByKind()
            val ofKind = schemas.of(byKind.javaClass).setting(word)?.of(byKind) as Initializer?
            return when {
                ofKind != null -> ofKind to from("initByKind.$word")
                // A normalization's scale; what other layers draw are weights.
                word.contains("norm", ignoreCase = true) -> Ones.ones() to DEFAULT
                written.init() == null -> checkNotNull(now.init()) to convention
                else -> checkNotNull(now.init()) to from("init")
            }
        }

        /** Rules differ for transposed convolutions only, and only in what counts. */
        fun fansMatter(): Boolean =
            inside(now.layers()).filterIsInstance<ConvTranspose>().any { layer ->
                counts(layer.init ?: init(layer).first) ||
                    layer.bias && counts(now.biasInit()) ||
                    // It may depend on fans, as `equalized` does.
                    (layer.norm ?: now.norm()).initializer() != null
            }

        /** Every layer, those of blocks included. Plans refuse a block that contains itself. */
        private fun inside(layers: List<Layer>, known: Set<String> = emptySet()): List<Layer> =
            LayerTree.all(layers).flatMap { layer ->
                val block = resolved.blocks.find { layer is Block && it.name == layer.name }
                if (block == null || block.name in known) listOf(layer)
                else inside(block.layers, known + block.name)
            }

        private fun counts(initializer: Initializer?) =
            initializer is He ||
                initializer is Xavier ||
                initializer is LeCun ||
                initializer is Orthogonal
    }

    private fun text(value: Any): String =
        when (value) {
            is Double -> numberText(value)
            is Enum<*> -> EnumSchema.word(value)
            is String,
            is Number,
            is Boolean -> value.toString()
            else -> StandIn.described(value)
        }

    /** Records of users may hold objects that have no text. */
    private fun hasText(record: Record): Boolean =
        try {
            schemas.of(record.javaClass).settings.forEach { it.schema }
            true
        } catch (_: IllegalArgumentException) {
            false
        }

    internal companion object {
        /** Left out if it has no effect. */
        const val FANS = "fans"
        private const val DEFAULT = "default"
    }
}
