package dev.sparring.dsl.diff

import dev.sparring.dsl.RecipeFormat
import dev.sparring.dsl.text.EnumSchema
import dev.sparring.dsl.text.RecordSchema
import dev.sparring.dsl.text.StandIn
import dev.sparring.dsl.text.numberText
import dev.sparring.init.FanRule
import dev.sparring.init.Fans
import dev.sparring.init.Initializer
import dev.sparring.init.WeightSpec
import dev.sparring.layer.Block
import dev.sparring.layer.ConvTranspose
import dev.sparring.layer.Layer
import dev.sparring.layer.Role
import dev.sparring.plan.Choice
import dev.sparring.plan.Origin
import dev.sparring.plan.Origins
import dev.sparring.random.Seed
import dev.sparring.recipe.ConventionResolver
import dev.sparring.recipe.LayerTree
import dev.sparring.recipe.NetworkSpec
import dev.sparring.recipe.Recipe
import dev.sparring.tensor.Shape
import dev.sparring.vocabulary.Vocabulary

/**
 * Computes a recipe's effect: the defaults of its convention are written out, blocks are expanded
 * where they are used, and each layer has the initializer and normalization that it takes from its
 * network. What only has effect through layers (`init`, `initByKind`, `norm`) is no setting of a
 * network here, and `fans` only where an initializer counts them in another way. The name is left
 * out, as it changes nothing but a folder.
 */
internal class Effects(
    private val recipe: Recipe,
    format: RecipeFormat,
    private val contents: Contents = Contents(),
) {
    private val schemas = format.schemas
    private val resolved = recipe.resolved()
    private val opened = mutableSetOf<String>()
    private val conventional = Conventional(ConventionResolver(recipe.conventions), schemas)
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
            val word = setting.nullWord.takeIf { value == null }
            val effect = if (word != null) single(word, from) else value(value, said, from, network)
            effect?.let { entries[setting.name] = it }
        }
        if (now is Layer && network != null) inLayer(now, written, schema, network, entries)
        return Settings(
            schema.word,
            entries,
            origin,
            now is Layer,
            schema.settings.mapNotNull { s -> s.aspect?.let { s.name to it } }.toMap(),
            conventional.of(now, written) { it != "init" || network?.usesInit != false },
            contents,
        )
    }

    /** A block is expanded; its layers take initializers from the network that uses it. */
    private fun block(use: Block, network: Network): Settings {
        val at = resolved.blocks.indexOfFirst { it.name == use.name }
        val name = linkedMapOf<String, Effect>("name" to single(use.name, null))
        if (at < 0 || !opened.add(use.name)) return layer(use, name)
        val layers = value(resolved.blocks[at].layers, recipe.blocks[at].layers, null, network)
        opened -= use.name
        return layer(use, linkedMapOf("layers" to layers!!))
    }

    private fun layer(use: Block, entries: Map<String, Effect>) =
        Settings(Layer.word(use), entries, null, true, contents = contents)

    private fun single(text: String, origin: String?) = Single(text, origin, contents)

    private fun series(items: List<Effect>, origin: String?) = Series(items, origin, contents)

    private fun value(now: Any?, written: Any?, origin: String?, network: Network?): Effect? =
        when (now) {
            null -> null
            is NetworkSpec -> network(now, written as NetworkSpec)
            is Record ->
                if (hasText(now)) record(now, written as? Record ?: now, origin, network)
                else single(StandIn.described(now), origin)
            is List<*> ->
                if (now.any { it is Number || it is String || it is Enum<*> }) {
                    single(now.joinToString(", ", "[", "]") { text(it!!) }, origin)
                } else {
                    val others = written as? List<*> ?: now
                    series(now.zip(others) { a, b -> value(a, b, null, network)!! }, origin)
                }
            else -> single(text(now), origin)
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
        // A layer of a user's need not have these settings to take them from its network.
        val isUsers = !Vocabulary.builtIn().contains(now.javaClass)
        fun open(setting: String) =
            schema.setting(setting)?.let { it.of(now) == null } ?: (isUsers && now.init() == null)
        fun effect(choice: Choice<*>) =
            value(choice.value, choice.value, network.from(choice, now), null)!!
        if (open("init")) {
            val drawn = network.origins.open(now).map(::effect)
            if (drawn.isNotEmpty()) entries["init"] = drawn.singleOrNull() ?: series(drawn, null)
        }
        val takesNorm = schema.setting("norm") != null || "init" in entries
        if (takesNorm && open("norm")) entries["norm"] = effect(network.origins.norm(now))
        val number = schema.setting("padding")
        val rule = schema.setting("pad")
        if (number != null && rule != null) {
            val open = number.of(written) == null && rule.of(written) == null
            val border = entries.remove("pad") ?: entries["padding"]
            entries["padding"] = single(border.described(), if (open) convention else null)
        }
    }

    /** A network, its defaults handed down to its layers. */
    private inner class Network(val now: NetworkSpec, written: NetworkSpec) {
        val origins = Origins(written, now)
        private val name = schemas.of((now as Record).javaClass).noun

        /** Where a layer has a setting from; null for its own. */
        fun from(choice: Choice<*>, layer: Layer): String? =
            when (choice.origin) {
                Origin.LAYER -> null
                Origin.KIND,
                Origin.NETWORK -> "from $name.${choice.setting}"
                Origin.CONVENTION -> convention
                Origin.NORM -> from(origins.norm(layer), layer) ?: "from norm"
                Origin.DEFAULT -> DEFAULT
            }

        /** Whether any weight is drawn by the initializer of the network or its convention. */
        val usesInit: Boolean by lazy {
            inside.flatMap(origins::open).any {
                it.origin == Origin.CONVENTION || it.setting == "init"
            }
        }

        /** Rules differ for transposed convolutions only, and only in what counts. */
        fun fansMatter(): Boolean =
            inside.filterIsInstance<ConvTranspose>().any { layer ->
                countsFans(origins.initializer(layer, Role.WEIGHT).value) ||
                    layer.bias && countsFans(origins.initializer(layer, Role.BIAS).value) ||
                    // It may depend on fans, as `equalized` does.
                    origins.norm(layer).value.initializer() != null
            }

        /** Every layer, those of blocks included; a block's once, however often it is used. */
        private val inside: List<Layer> by lazy {
            val found = LayerTree.all(now.layers()).toMutableList()
            val seen = mutableSetOf<String>()
            var next = 0
            while (next < found.size) {
                val layer = found[next++]
                if (layer is Block && seen.add(layer.name)) {
                    resolved.blocks
                        .find { it.name == layer.name }
                        ?.let { found += LayerTree.all(it.layers) }
                }
            }
            found
        }
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

        /** A transposed convolution's weight, of which both rules count different fans. */
        private val WEIGHT = WeightSpec(Shape.of(3, 2, 2, 2), 1, Fans(3.0, 8.0), 1.0)
        private val DRAWS = Seed(0)

        /** Whether an initializer draws other numbers where fans count in another way. */
        private fun countsFans(initializer: Initializer): Boolean =
            try {
                FanRule.entries
                    .map { initializer.draw(WEIGHT.under(it), DRAWS.stream("fans")).toList() }
                    .distinct()
                    .size > 1
            } catch (_: RuntimeException) {
                true // Initializers of users may refuse this weight.
            }
    }
}
