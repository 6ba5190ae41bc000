package dev.sparring.dsl.sweep

import dev.sparring.dsl.CallSite
import dev.sparring.dsl.Overrides
import dev.sparring.dsl.RecipeFormat
import dev.sparring.dsl.RecipeSyntaxException
import dev.sparring.dsl.RecipeText
import dev.sparring.dsl.text.Absent
import dev.sparring.dsl.text.Fields
import dev.sparring.dsl.text.Items
import dev.sparring.dsl.text.Leaf
import dev.sparring.dsl.text.Node
import dev.sparring.dsl.text.NodeReader
import dev.sparring.dsl.text.Place
import dev.sparring.dsl.text.YamlTree
import dev.sparring.dsl.text.described
import dev.sparring.dsl.text.list
import dev.sparring.dsl.text.problem
import dev.sparring.dsl.text.under
import dev.sparring.file.Reason
import dev.sparring.recipe.Recipe
import dev.sparring.setting.Require
import dev.sparring.setting.Shown
import java.nio.file.Files
import java.nio.file.InvalidPathException
import java.nio.file.Path
import kotlin.io.path.nameWithoutExtension

/**
 * Sweeps as text, in YAML or JSON:
 * ```yaml
 * name: norms                      # default: the file's name
 * recipe: ../recipes/ring.yaml     # beside this file, or a recipe's settings themselves
 * axes:                            # paths of settings, each with its values
 *   discriminator.norm: [none, sn, { type: bssn, scale: 1.4 }]
 *   generator.init: { orthogonal: orthogonal, small: { type: normal, std: 0.02 } }  # by label
 * seeds: [1, 2, 3]                 # or 3, which means 1 to 3
 * measure: [loss_d]                # columns of metrics.csv; default: losses and measured samples
 * limit: { loss_d: 5 }             # optional: whose figure is above, has failed
 * variance: [weights, noise]       # components of variance; default: all axes of train.seeds
 * compare:                         # optional: which differences are more than chance
 *   baseline: { discriminator.norm: none }   # axes and labels
 *   test: worstRank                # default; or paired, or mean: see ComparisonTest
 *   figures: [loss_d]              # measured columns that are compared; default: all
 *   lower: [loss_d]                # lower (or higher: [...]) values are better, where not known
 * ```
 */
public object SweepText {
    /**
     * The sweep in a file. Every cell's recipe is created and planned.
     *
     * @param overrides changes of the base recipe, as in [Overrides.apply]
     * @param format the words that the sweep may use
     * @param load reads the recipe file that the sweep names
     * @throws RecipeSyntaxException with what is wrong, a missing file included
     */
    @JvmStatic
    @JvmOverloads
    public fun read(
        file: Path,
        overrides: List<String>,
        format: RecipeFormat = RecipeFormat.onClassPath,
        load: (Path) -> Recipe,
    ): Sweep {
        val root =
            YamlTree.parseOrNull(RecipeText.textOf(file), "$file")
                ?: throw RecipeSyntaxException(
                    "$file",
                    "is empty; a sweep has at least $RECIPE and $SEEDS",
                )
        val base = SweepBase(file, format, load)
        return SweepReader(root, file.nameWithoutExtension, overrides, format, base::of).read()
    }

    /** The sweep that stands in another text, of this file; recipes are looked for beside it. */
    internal fun inside(
        root: Fields,
        file: Path,
        overrides: List<String>,
        format: RecipeFormat,
        load: (Path) -> Recipe,
    ): Sweep {
        val base = SweepBase(file, format, load)
        return SweepReader(root, file.nameWithoutExtension, overrides, format, base::of).read()
    }

    /** A name that a folder can have, of a sweep or of what has one. */
    internal fun name(node: Node): String {
        val name = textOf(node, NAME)
        if (!NAMES.matches(name)) {
            val rule = "letters, digits, '.', '_' and '-', a letter or digit first"
            throw wrong(node.place, NAME, "expected $rule, got ${Shown.quoted(name)}")
        }
        try {
            Require.name(NAME, name)
        } catch (e: IllegalArgumentException) {
            throw wrong(node.place, NAME, "${e.message}".removePrefix("$NAME "))
        }
        return name
    }

    private val NAMES = Regex("[A-Za-z0-9][A-Za-z0-9._-]*")

    /**
     * The sweep that a program describes. Every cell's recipe is created and planned.
     *
     * @param source what messages call the program, usually its file
     * @param name of the sweep, unless it has one of its own
     * @param overrides changes of the base recipe, as in [Overrides.apply]
     * @param format the words that the sweep may use
     * @param column finds the column of a call, for messages
     * @throws RecipeSyntaxException with what is wrong
     */
    @JvmStatic
    @JvmOverloads
    public fun of(
        definition: SweepDefinition,
        source: String = "sweep { }",
        name: String = "sweep",
        overrides: List<String> = emptyList(),
        format: RecipeFormat = RecipeFormat.onClassPath,
        column: (CallSite) -> Int? = { null },
    ): Sweep {
        val root = SweepTree(definition, source, format, column).root()
        val base = { fields: Fields ->
            definition.recipe
                ?: throw wrong(fields.place, RECIPE, "expected recipe = gan { ... }, got nothing")
        }
        return SweepReader(root, name, overrides, format, base).read()
    }
}

internal const val NAME: String = "name"
internal const val RECIPE: String = "recipe"
internal const val AXES: String = "axes"
internal const val SEEDS: String = "seeds"
internal const val MEASURE: String = "measure"
internal const val LIMIT: String = "limit"
internal const val VARIANCE: String = "variance"
internal const val COMPARE: String = "compare"
internal const val BASELINE: String = "baseline"
internal const val TEST: String = "test"
internal const val FIGURES: String = "figures"
internal const val LOWER: String = "lower"
internal const val HIGHER: String = "higher"

/** The settings of a sweep's text. */
internal val SWEEP_KEYS: List<String> =
    listOf(NAME, RECIPE, AXES, SEEDS, MEASURE, LIMIT, VARIANCE, COMPARE)

internal fun noBaseline(node: Node): RecipeSyntaxException =
    wrong(
        node.place,
        under(COMPARE, BASELINE),
        "expected axes with a label each, e.g. { discriminator.norm: none }",
    )

internal fun wrong(place: Place?, path: String, text: String): RecipeSyntaxException =
    RecipeSyntaxException(listOf(problem(place, path, text)))

/** The base recipe that the text of a sweep names or contains. */
private class SweepBase(
    private val file: Path,
    private val format: RecipeFormat,
    private val load: (Path) -> Recipe,
) {
    fun of(root: Fields): Recipe =
        when (val node = root.entries[RECIPE]) {
            is Fields -> NodeReader.read(node, format.recipeSchema) as Recipe
            is Leaf -> {
                val path = beside(node)
                // A script's name may be followed by which of its recipes is meant.
                val whole = path.resolveSibling("${path.fileName}".substringBeforeLast('#'))
                if (!Files.isRegularFile(path) && !Files.isRegularFile(whole)) {
                    throw wrong(node.place, RECIPE, "there is no file $path")
                }
                load(path)
            }
            else -> {
                val got = node?.described() ?: "nothing"
                throw wrong(
                    node?.place ?: root.place,
                    RECIPE,
                    "expected a recipe file beside this one, or a recipe's settings, got $got",
                )
            }
        }

    private fun beside(node: Leaf): Path =
        try {
            file.resolveSibling(node.text)
        } catch (e: InvalidPathException) {
            throw wrong(node.place, RECIPE, Reason.of(e))
        }
}

private class SweepReader(
    private val root: Node,
    private val name: String,
    private val overrides: List<String>,
    private val format: RecipeFormat,
    private val baseOf: (Fields) -> Recipe,
) {
    fun read(): Sweep {
        if (root !is Fields) {
            throw wrong(
                root.place,
                "",
                "expected settings (${list(SWEEP_KEYS)}), got ${root.described()}",
            )
        }
        knownKeys(root, "", SWEEP_KEYS, "a sweep")
        val axes = axes(root)
        requireApart(root, axes.map { it.path })
        val seeds = seeds(root)
        val runs = axes.fold(seeds.size.toDouble()) { runs, axis -> runs * axis.values.size }
        if (runs > MOST_RUNS) {
            throw wrong(
                root.key(AXES),
                AXES,
                "$MOST_RUNS runs at most, these and the seeds make %.0f".format(runs),
            )
        }
        val base = Overrides.apply(baseOf(root), overrides, format)
        val cells = Cells(axes, base, format, root.key(RECIPE), root.key(AXES)).all()
        val columns = Columns(cells.map { it.recipe })
        val measures = measures(root, columns)
        val compare = compare(root, axes, measures)
        val comparison = compare?.read()
        return Sweep(
            name(root),
            axes.map { it.path },
            cells,
            seeds,
            measures,
            limits(root, columns),
            comparison,
            compare?.directions ?: CompareReader.known(measures),
            CrossedSeeds.read(root, axes),
        )
    }

    private fun name(root: Fields): String =
        SweepText.name(root.entries[NAME] ?: Leaf(name, true, root.place))

    private fun axes(root: Fields): List<Axis> =
        when (val node = root.entries[AXES]) {
            null,
            is Absent -> emptyList()
            is Fields ->
                node.entries.map { (path, values) ->
                    Axis.of(path, checkNotNull(node.key(path)), values)
                }
            else ->
                throw wrong(
                    node.place,
                    AXES,
                    "expected paths with values, e.g. discriminator.norm: [none, sn]",
                )
        }

    /** One axis would change what another has set, whose label then says what is not so. */
    private fun requireApart(root: Fields, paths: List<String>) {
        val node = root.entries[AXES] as? Fields ?: return
        for (inner in paths) {
            val outer = paths.firstOrNull { inner.startsWith("$it.") } ?: continue
            throw wrong(
                node.key(inner),
                under(AXES, inner),
                "the axis $outer sets it too; vary one of the two",
            )
        }
    }

    private fun seeds(root: Fields): List<Long> {
        val node = root.entries[SEEDS]
        if (node is Leaf) {
            val count = number(node)
            if (count !in 1..MOST_RUNS) {
                throw wrong(node.place, SEEDS, "expected 1 to $MOST_RUNS seeds, got $count")
            }
            return (1..count).toList()
        }
        if (node !is Items || node.items.isEmpty()) {
            val got = if (node is Items) "an empty list" else node?.described() ?: "nothing"
            throw wrong(
                node?.place ?: root.place,
                SEEDS,
                "expected seeds such as [1, 2, 3], or how many, got $got",
            )
        }
        if (node.items.size > MOST_RUNS) {
            val got = "${node.items.size}"
            throw wrong(node.place, SEEDS, "expected 1 to $MOST_RUNS seeds, got $got")
        }
        val seeds = LinkedHashSet<Long>()
        for (item in node.items) {
            val seed = number(item)
            if (!seeds.add(seed)) throw wrong(item.place, SEEDS, "$seed is there twice")
        }
        return seeds.toList()
    }

    private fun number(node: Node): Long =
        (node as? Leaf)?.takeIf { !it.quoted }?.text?.toLongOrNull()
            ?: throw wrong(node.place, SEEDS, "expected a whole number, got ${node.described()}")

    private fun measures(root: Fields, columns: Columns): List<String> {
        val node = root.entries[MEASURE] ?: return columns.usual
        return textsOf(node, MEASURE)
            .map { (column, item) ->
                columns.problem(column)?.let { throw wrong(item.place, MEASURE, it) }
                column
            }
            .distinct()
    }

    private fun limits(root: Fields, columns: Columns): Map<String, Double> {
        val node = root.entries[LIMIT] ?: return emptyMap()
        if (node !is Fields || node.entries.isEmpty()) {
            throw wrong(node.place, LIMIT, "expected columns with upper limits, e.g. { loss_g: 5 }")
        }
        return node.entries.mapValues { (column, value) ->
            val path = under(LIMIT, Shown.value(column))
            columns.problem(column)?.let { throw wrong(node.key(column), path, it) }
            (value as? Leaf)?.text?.toDoubleOrNull()?.takeIf { it.isFinite() }
                ?: throw wrong(value.place, path, "expected a number, got ${value.described()}")
        }
    }

    private fun compare(root: Fields, axes: List<Axis>, measures: List<String>): CompareReader? {
        val node = root.entries[COMPARE] ?: return null
        if (node !is Fields) throw noBaseline(node)
        return CompareReader(node, axes, measures, MEASURE in root.entries)
    }

    private companion object {
        /** More than can be trained in practice, and few enough to hold in memory. */
        const val MOST_RUNS = 10_000L
    }
}
