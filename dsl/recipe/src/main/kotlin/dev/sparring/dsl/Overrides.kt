package dev.sparring.dsl

import dev.sparring.dsl.text.Absent
import dev.sparring.dsl.text.ChoiceSchema
import dev.sparring.dsl.text.Detail
import dev.sparring.dsl.text.Fields
import dev.sparring.dsl.text.Items
import dev.sparring.dsl.text.KeptObjects
import dev.sparring.dsl.text.Leaf
import dev.sparring.dsl.text.ListSchema
import dev.sparring.dsl.text.Node
import dev.sparring.dsl.text.NodeReader
import dev.sparring.dsl.text.Place
import dev.sparring.dsl.text.RecordSchema
import dev.sparring.dsl.text.Schema
import dev.sparring.dsl.text.TYPE
import dev.sparring.dsl.text.YamlTree
import dev.sparring.dsl.text.at
import dev.sparring.dsl.text.described
import dev.sparring.dsl.text.didYouMean
import dev.sparring.dsl.text.jsonTree
import dev.sparring.dsl.text.list
import dev.sparring.dsl.text.toNode
import dev.sparring.dsl.text.under
import dev.sparring.recipe.Recipe
import dev.sparring.setting.Shown

/** Changes of single settings, as the command line's `--set path=value` gives them. */
public object Overrides {
    /**
     * The recipe with settings changed, one after the other: `train.steps=10`,
     * `generator.layers.0.units=64`, `loss=hinge`, `optimizer.generator.lr=1e-4`. Values are YAML.
     * Where an alternative's `type` is set, settings that the new one does not have are dropped and
     * all others stay; setting the whole, `optimizer.generator=rmsProp`, begins with the defaults.
     *
     * @param format the words that values may use; other objects in the recipe stay as they are,
     *   and can be replaced as a whole
     * @throws RecipeSyntaxException with everything that is wrong
     */
    @JvmStatic
    @JvmOverloads
    public fun apply(
        recipe: Recipe,
        settings: List<String>,
        format: RecipeFormat = RecipeFormat.onClassPath,
    ): Recipe {
        if (settings.isEmpty()) return recipe
        return Changes(format).of(recipe, settings.map { { Override.parse(it) } })
    }

    /** The recipe with changes from a text, in which problems have their places. */
    @JvmSynthetic
    internal fun change(recipe: Recipe, changes: List<Override>, format: RecipeFormat): Recipe =
        Changes(format).of(recipe, changes.map { { it } })
}

/** Changes of a recipe's tree, in which objects without a text stand under names. */
private class Changes(format: RecipeFormat) {
    private val schema = format.recipeSchema
    private val kept = KeptObjects()

    fun of(recipe: Recipe, changes: List<() -> Override>): Recipe {
        val problems = mutableListOf<PlacedProblem>()
        var root: Node = tree(recipe)
        for (change in changes) {
            try {
                root = change().applyTo(root, schema, resolved(root))
            } catch (e: RecipeSyntaxException) {
                problems += e.problems
            }
        }
        if (problems.isNotEmpty()) throw RecipeSyntaxException(problems)
        return NodeReader.read(root, schema, kept) as Recipe
    }

    /** The tree with what its convention decides written out; nothing while it cannot be read. */
    private fun resolved(root: Node): Node =
        try {
            tree((NodeReader.read(root, schema, kept) as Recipe).resolved())
        } catch (_: RecipeSyntaxException) {
            Absent()
        }

    private fun tree(recipe: Recipe) = jsonTree(recipe, schema, Detail.FULL, kept).toNode()
}

/** One setting by the keys that lead to it, its new value, and where that change is written. */
internal class Override(
    private val path: List<String>,
    private val value: Node,
    private val place: Place,
) {
    /**
     * The tree with the change made in it.
     *
     * @param resolved the same with what a convention decides written out, so that a setting of
     *   that can be changed by itself
     */
    fun applyTo(root: Node, schema: Schema, resolved: Node): Node =
        changed(root, schema, 0, resolved)

    /** The node with the change made in it; [depth] keys of the path lead to it. */
    private fun changed(written: Node, schema: Schema, depth: Int, resolved: Node): Node {
        if (depth == path.size) return value
        val node = if (written is Absent) resolved else written
        return when (schema) {
            is RecordSchema -> field(settingsOf(node, depth), schema, depth, resolved)
            is ChoiceSchema -> alternative(node, schema, depth, resolved)
            is ListSchema -> item(itemsOf(node, depth), schema, depth, resolved)
            else -> throw wrong(depth, "is a single value and has no ${Shown.quoted(path[depth])}")
        }
    }

    private fun alternative(node: Node, schema: ChoiceSchema, depth: Int, resolved: Node): Node {
        if (path[depth] == TYPE && depth == path.lastIndex) {
            val known = (value as? Leaf)?.let { schema.alternatives[it.text] }
            // The reader says what is wrong with a word that is none.
            val old = (node as? Fields ?: Fields(emptyMap())).only { known?.setting(it) != null }
            return Fields(mapOf(TYPE to value) + old.entries, place)
        }
        // An earlier change may have set a bare word: an alternative without settings.
        val settings =
            if (node is Leaf) Fields(mapOf(TYPE to node), place) else settingsOf(node, depth)
        val word = (settings.entries[TYPE] as? Leaf)?.text
        val record = schema.alternatives[word] ?: throw noWord(word, schema, depth)
        return field(settings, record, depth, resolved)
    }

    private fun noWord(word: String?, schema: ChoiceSchema, depth: Int) =
        wrong(
            depth,
            if (word.orEmpty().startsWith(KeptObjects.PREFIX))
                "is an object without a text, so its settings cannot be changed; set it as a whole"
            else "has no ${schema.noun} ${Shown.quoted(word.orEmpty())}",
        )

    private fun field(node: Fields, schema: RecordSchema, depth: Int, resolved: Node): Node {
        val key = path[depth]
        val known = schema.settings.map { it.name }
        val setting = schema.setting(key)
        if (setting == null) {
            val has = if (known.isEmpty()) "no settings" else list(known)
            throw wrong(
                depth + 1,
                "unknown setting${didYouMean(key, known)} ${schema.noun} has $has",
            )
        }
        val old = node.entries[key] ?: Absent(place)
        return node.with(key, changed(old, setting.schema, depth + 1, below(resolved, key)), place)
    }

    private fun item(node: Items, schema: ListSchema, depth: Int, resolved: Node): Node {
        val index = path[depth].toIntOrNull()
        if (index == null || index !in node.items.indices) {
            val range =
                if (node.items.isEmpty()) "the list is empty" else "0 to ${node.items.lastIndex}"
            throw wrong(depth + 1, "no such item; expected $range")
        }
        val items = node.items.toMutableList()
        items[index] =
            changed(items[index], schema.element, depth + 1, below(resolved, path[depth]))
        return Items(items, place)
    }

    private fun below(node: Node, key: String): Node =
        when (node) {
            is Fields -> node.entries[key]
            is Items -> key.toIntOrNull()?.let(node.items::getOrNull)
            else -> null
        } ?: Absent(place)

    private fun settingsOf(node: Node, depth: Int): Fields =
        when (node) {
            is Fields -> node
            is Absent -> throw wrong(depth, "is not set; set it as a whole first")
            else -> throw wrong(depth, "expected settings, got ${node.described()}")
        }

    private fun itemsOf(node: Node, depth: Int): Items =
        when (node) {
            is Items -> node
            is Absent -> throw wrong(depth, "is not set; set it as a whole first")
            else -> throw wrong(depth, "expected a list, got ${node.described()}")
        }

    /** A problem with what the first keys of the path lead to. */
    private fun wrong(keys: Int, text: String): RecipeSyntaxException {
        val at = path.take(keys).map(Shown::value).fold("", ::under)
        val problem = PlacedProblem(place.source, place.line, place.column, at, text)
        return RecipeSyntaxException(listOf(problem))
    }

    companion object {
        fun parse(setting: String): Override {
            val source = "--set ${Shown.value(setting)}"
            val path = setting.substringBefore('=').trim()
            if ('=' !in setting || path.isEmpty()) {
                throw RecipeSyntaxException(source, "expected path=value, e.g. train.steps=100")
            }
            val text = setting.substringAfter('=')
            val place = Place(source)
            val value = YamlTree.parseOrNull(text, source)?.let { at(place, it) } ?: Absent(place)
            return Override(path.split('.'), value, place)
        }
    }
}
