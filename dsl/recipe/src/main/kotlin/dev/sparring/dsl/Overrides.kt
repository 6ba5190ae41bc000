package dev.sparring.dsl

import dev.sparring.dsl.text.Absent
import dev.sparring.dsl.text.ChoiceForm
import dev.sparring.dsl.text.Detail
import dev.sparring.dsl.text.Fields
import dev.sparring.dsl.text.Form
import dev.sparring.dsl.text.Items
import dev.sparring.dsl.text.Leaf
import dev.sparring.dsl.text.ListForm
import dev.sparring.dsl.text.Node
import dev.sparring.dsl.text.NodeReader
import dev.sparring.dsl.text.Place
import dev.sparring.dsl.text.RecordForm
import dev.sparring.dsl.text.TYPE
import dev.sparring.dsl.text.YamlTree
import dev.sparring.dsl.text.described
import dev.sparring.dsl.text.didYouMean
import dev.sparring.dsl.text.jsonTree
import dev.sparring.dsl.text.list
import dev.sparring.dsl.text.toNode
import dev.sparring.dsl.text.under
import dev.sparring.recipe.Recipe

/** Changes of single settings, as the command line's `--set path=value` gives them. */
public object Overrides {
    /**
     * The recipe with settings changed, one after the other: `train.steps=10`,
     * `generator.layers.0.units=64`, `loss=hinge`, `optimizer.generator.lr=1e-4`. Values are YAML.
     * Where an alternative's `type` is set, settings that the new one does not have are dropped and
     * all others stay; setting the whole, `optimizer.generator=rmsProp`, begins with the defaults.
     *
     * @throws RecipeSyntaxException with everything that is wrong
     */
    @JvmStatic
    public fun apply(recipe: Recipe, settings: List<String>): Recipe {
        if (settings.isEmpty()) return recipe
        return changed(recipe, settings.map { { Override.parse(it) } })
    }

    /** The recipe with changes made that come out of some text, whose places problems name. */
    @JvmSynthetic
    internal fun change(recipe: Recipe, changes: List<Override>): Recipe =
        changed(recipe, changes.map { { it } })

    private fun changed(recipe: Recipe, changes: List<() -> Override>): Recipe {
        val form = Form.of(Recipe::class.java)
        val problems = mutableListOf<PlacedProblem>()
        var root: Node = jsonTree(recipe, Detail.FULL).toNode()
        for (change in changes) {
            try {
                root = change().applyTo(root, form, effective(root, form))
            } catch (e: RecipeSyntaxException) {
                problems += e.problems
            }
        }
        if (problems.isNotEmpty()) throw RecipeSyntaxException(problems)
        return NodeReader.read(root, form) as Recipe
    }

    /** The tree with what its convention decides written out; nothing while it cannot be read. */
    private fun effective(root: Node, form: Form): Node =
        try {
            val recipe = NodeReader.read(root, form) as Recipe
            jsonTree(recipe.resolved(), Detail.FULL).toNode()
        } catch (_: RecipeSyntaxException) {
            Absent()
        }
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
     * @param effective the same with what a convention decides written out, so that a setting of
     *   that can be changed by itself
     */
    fun applyTo(root: Node, form: Form, effective: Node): Node = changed(root, form, 0, effective)

    /** The node with the change made in it; [depth] keys of the path lead to it. */
    private fun changed(written: Node, form: Form, depth: Int, effective: Node): Node {
        if (depth == path.size) return value
        val node = if (written is Absent) effective else written
        return when (form) {
            is RecordForm -> field(settingsOf(node, depth), form, depth, effective)
            is ChoiceForm -> alternative(node, form, depth, effective)
            is ListForm -> item(node as Items, form, depth, effective)
            else -> throw wrong(depth, "is a single value and has no '${path[depth]}'")
        }
    }

    private fun alternative(node: Node, form: ChoiceForm, depth: Int, effective: Node): Node {
        if (path[depth] == TYPE && depth == path.lastIndex) {
            val known = (value as? Leaf)?.let { form.alternatives[it.text] }
            // The reader says what is wrong with a word that is none.
            val old = (node as? Fields ?: Fields(emptyMap())).only { known?.setting(it) != null }
            return Fields(mapOf(TYPE to value) + old.entries, place)
        }
        // A bare word from an earlier change is an alternative without settings.
        val settings =
            if (node is Leaf) Fields(mapOf(TYPE to node), place) else settingsOf(node, depth)
        val word = (settings.entries[TYPE] as? Leaf)?.text
        val record = form.alternatives[word] ?: throw wrong(depth, "has no ${form.noun} '$word'")
        return field(settings, record, depth, effective)
    }

    private fun field(node: Fields, form: RecordForm, depth: Int, effective: Node): Node {
        val key = path[depth]
        val known = form.settings.map { it.name }
        val setting = form.setting(key)
        if (setting == null) {
            val has = if (known.isEmpty()) "no settings" else list(known)
            throw wrong(depth + 1, "unknown setting${didYouMean(key, known)} ${form.noun} has $has")
        }
        val old = node.entries[key] ?: Absent(place)
        return node.with(key, changed(old, setting.form, depth + 1, below(effective, key)), place)
    }

    private fun item(node: Items, form: ListForm, depth: Int, effective: Node): Node {
        val index = path[depth].toIntOrNull()
        if (index == null || index !in node.items.indices) {
            val range =
                if (node.items.isEmpty()) "the list is empty" else "0 to ${node.items.lastIndex}"
            throw wrong(depth + 1, "no such item; expected $range")
        }
        val items = node.items.toMutableList()
        items[index] = changed(items[index], form.element, depth + 1, below(effective, path[depth]))
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

    /** A problem with what the first keys of the path lead to. */
    private fun wrong(keys: Int, text: String): RecipeSyntaxException {
        val at = path.take(keys).fold("", ::under)
        val problem = PlacedProblem(place.source, place.line, place.column, at, text)
        return RecipeSyntaxException(listOf(problem))
    }

    companion object {
        fun parse(setting: String): Override {
            val source = "--set $setting"
            val path = setting.substringBefore('=').trim()
            if ('=' !in setting || path.isEmpty()) {
                throw RecipeSyntaxException(source, "expected path=value, e.g. train.steps=100")
            }
            val text = setting.substringAfter('=')
            val place = Place(source)
            val value =
                if (text.isBlank()) Absent(place) else at(place, YamlTree.parse(text, source))
            return Override(path.split('.'), value, place)
        }

        /** The value without its places: in a change there are no lines. */
        private fun at(place: Place, node: Node): Node =
            when (node) {
                is Fields -> Fields(node.entries.mapValues { at(place, it.value) }, place)
                is Items -> Items(node.items.map { at(place, it) }, place)
                is Leaf -> Leaf(node.text, node.quoted, place)
                is Absent -> Absent(place)
            }
    }
}
