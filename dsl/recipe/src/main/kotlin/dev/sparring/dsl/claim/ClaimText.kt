package dev.sparring.dsl.claim

import dev.sparring.dsl.RecipeFormat
import dev.sparring.dsl.RecipeSyntaxException
import dev.sparring.dsl.RecipeText
import dev.sparring.dsl.sweep.Sweep
import dev.sparring.dsl.sweep.SweepText
import dev.sparring.dsl.sweep.knownKeys
import dev.sparring.dsl.sweep.textOf
import dev.sparring.dsl.sweep.wrong
import dev.sparring.dsl.text.Fields
import dev.sparring.dsl.text.Items
import dev.sparring.dsl.text.Leaf
import dev.sparring.dsl.text.Node
import dev.sparring.dsl.text.YamlTree
import dev.sparring.dsl.text.described
import dev.sparring.dsl.text.list
import dev.sparring.dsl.text.under
import dev.sparring.file.Reason
import dev.sparring.recipe.Recipe
import java.nio.file.Files
import java.nio.file.InvalidPathException
import java.nio.file.Path
import java.util.Locale
import kotlin.io.path.nameWithoutExtension

/**
 * Claims as text, in YAML or JSON:
 * ```yaml
 * claim: Packing makes generators hit more modes.
 * source: { citation: "PacGAN, arXiv:1712.04086", place: "section 4.1, table 1" }
 * differs: 2,000 steps instead of 400,000          # optional: what is otherwise than there
 * sweep: ring.yaml                 # beside this file, or a sweep's settings themselves
 * level: 0.05                      # default; the probability of a verdict by chance
 * rule:                            # one, or a list of which all have to hold
 *   - better: { figure: modes_hit, cell: { discriminator.packing: 2 }, than: { discriminator.packing: 1 } }
 * ```
 *
 * The kinds of rules, each with what holds; the contrary does not hold, and the rest is undecided:
 * - `better: { figure, cell, than, by?, direction?, test? }`: runs of `cell` are better than those
 *   of `than` by more than `by` (default 0, in the figure's unit), by worst ranks, or `paired`;
 * - `equal: { figure, cell, than, within, direction?, test? }`: they differ by less than `within`,
 *   both ways (two tests, one of each limit);
 * - `failures: { cell, than }`: `cell` fails more rarely, by Fisher's exact test; or `{ cell, most
 *   }`, `{ cell, least }`: the rate is so, by the exact binomial test;
 * - `trend: { figure, along, becomes: better | worse, at?, direction? }`: along the values of an
 *   axis, by Jonckheere's test;
 * - `value: { figure, cell, least | most }`: the median of the runs is so, by the sign test;
 * - `share: { figure, source, least | most, among?, at? }`: the part of the variance that a source
 *   of luck carries, by its interval. Such rules stand alone. The interval's upper end decides
 *   nothing if the source has fewer than 16 values.
 *
 * A cell is named by its labels, `{ axis: label }`. A failed run is worse than every figure. The
 * p-values of all rules have Holm's correction; intervals of shares are of the level divided by
 * their number.
 */
public object ClaimText {
    /**
     * The claim in a file. Every cell's recipe is created and planned.
     *
     * @param overrides changes of the sweep's base recipe, as of `--set`
     * @param format the words that the sweep may use
     * @param load reads the recipe file that the sweep names
     * @throws RecipeSyntaxException with what is wrong, a missing file included
     */
    @JvmStatic
    @JvmOverloads
    public fun read(
        file: Path,
        overrides: List<String> = emptyList(),
        format: RecipeFormat = RecipeFormat.onClassPath,
        load: (Path) -> Recipe,
    ): Claim {
        val root =
            YamlTree.parseOrNull(RecipeText.textOf(file), "$file")
                ?: throw RecipeSyntaxException(
                    "$file",
                    "is empty; a claim has at least $CLAIM, $SOURCE, $SWEEP and $RULE",
                )
        return ClaimReader(root, file, overrides, format, load).read()
    }
}

internal const val NAME: String = "name"
internal const val CLAIM: String = "claim"
internal const val SOURCE: String = "source"
internal const val CITATION: String = "citation"
internal const val PLACE: String = "place"
internal const val DIFFERS: String = "differs"
internal const val SWEEP: String = "sweep"
internal const val LEVEL: String = "level"
internal const val RULE: String = "rule"

/** The settings of a claim's text. */
internal val CLAIM_KEYS: List<String> = listOf(NAME, CLAIM, SOURCE, DIFFERS, SWEEP, LEVEL, RULE)

private class ClaimReader(
    private val root: Node,
    private val file: Path,
    private val overrides: List<String>,
    private val format: RecipeFormat,
    private val load: (Path) -> Recipe,
) {
    fun read(): Claim {
        if (root !is Fields) {
            val got = root.described()
            throw wrong(root.place, "", "expected settings (${list(CLAIM_KEYS)}), got $got")
        }
        knownKeys(root, "", CLAIM_KEYS, "a claim")
        val sentence = text(root, CLAIM, "the sentence that is claimed")
        val source = root.entries[SOURCE]
        if (source !is Fields) {
            throw wrong(
                source?.place ?: root.place,
                SOURCE,
                "expected { $CITATION: who says so, $PLACE: section and table }, got " +
                    (source?.described() ?: "nothing"),
            )
        }
        knownKeys(source, SOURCE, listOf(CITATION, PLACE), SOURCE)
        val citation = text(source, CITATION, "who says so", SOURCE)
        val place = text(source, PLACE, "section, table or page", SOURCE)
        // A claim without a rule is told before its sweep is planned.
        val rule =
            root.entries[RULE]
                ?: throw wrong(
                    root.place,
                    RULE,
                    "expected what decides the claim, of the kinds ${list(RuleReader.KINDS.keys)}, " +
                        "got nothing; it is written before the first run",
                )
        val sweep = sweep(root)
        val level = level(root)
        val rules = rules(rule, sweep, level)
        val differs = root.entries[DIFFERS]?.let { line(it, DIFFERS) }
        return Claim(
            root.entries[NAME]?.let { SweepText.name(it) } ?: fileName(),
            sentence,
            citation,
            place,
            differs,
            sweep,
            level,
            rules,
        )
    }

    private fun fileName() =
        SweepText.name(Leaf(file.nameWithoutExtension.removeSuffix(".claim"), true, root.place))

    private fun text(node: Fields, key: String, what: String, path: String = ""): String {
        val at = under(path, key)
        val value = node.entries[key] ?: throw wrong(node.place, at, "expected $what, got nothing")
        val text = line(value, at)
        if (text.isEmpty()) throw wrong(value.place, at, "expected $what, got nothing")
        return text
    }

    private fun line(node: Node, path: String) =
        textOf(node, path).trim().replace(Regex("\\s+"), " ")

    private fun sweep(root: Fields): Sweep =
        when (val node = root.entries[SWEEP]) {
            is Fields -> SweepText.inside(node, file, overrides, format, load)
            is Leaf -> {
                val beside =
                    try {
                        file.resolveSibling(node.text)
                    } catch (e: InvalidPathException) {
                        throw wrong(node.place, SWEEP, Reason.of(e))
                    }
                if (!Files.isRegularFile(beside)) {
                    throw wrong(node.place, SWEEP, "there is no file $beside")
                }
                SweepText.read(beside, overrides, format, load)
            }
            else ->
                throw wrong(
                    node?.place ?: root.place,
                    SWEEP,
                    "expected a sweep's file beside this one, or its settings, got " +
                        (node?.described() ?: "nothing"),
                )
        }

    private fun level(root: Fields): Double {
        val node = root.entries[LEVEL] ?: return Claim.LEVEL
        return (node as? Leaf)?.text?.toDoubleOrNull()?.takeIf { it > 0 && it <= MOST_LEVEL }
            ?: throw wrong(
                node.place,
                LEVEL,
                "expected a probability above 0, $MOST_LEVEL at most, got ${node.described()}",
            )
    }

    private fun rules(node: Node, sweep: Sweep, level: Double): List<Rule> {
        val items = if (node is Items) node.items else listOf(node)
        if (items.isEmpty()) throw wrong(node.place, RULE, "expected at least one rule")
        val paths = items.indices.map { if (node is Items) under(RULE, "$it") else RULE }
        val rules = items.zip(paths) { item, path -> RuleReader(sweep).read(item, path) }
        val (shares, others) = rules.partition { it is Share }
        if (shares.isNotEmpty() && others.isNotEmpty()) {
            val first = rules.indexOf(shares.first())
            throw wrong(
                items[first].place,
                paths[first],
                "a share has no p-value to correct together with others; write a claim of its own",
            )
        }
        requireReach(rules, items, paths, sweep, level)
        return rules
    }

    /** Refuses what no result could decide. */
    private fun requireReach(
        rules: List<Rule>,
        items: List<Node>,
        paths: List<String>,
        sweep: Sweep,
        level: Double,
    ) {
        val seeds = sweep.seeds.size
        if (seeds > MOST_SEEDS) {
            throw wrong(root.place, SWEEP, "a claim has $MOST_SEEDS seeds at most, got $seeds")
        }
        for ((i, rule) in rules.withIndex()) {
            val smallest = RuleReach.smallest(rule, seeds) ?: continue
            if (smallest * rules.size <= level) continue
            val enough = RuleReach.needed(rules, level)
            val corrected = minOf(1.0, smallest * rules.size)
            throw wrong(
                items[i].place,
                under(paths[i], rule.word),
                "can never be decided: with $seeds ${if (seeds == 1) "seed" else "seeds"} and " +
                    "${rules.size} ${if (rules.size == 1) "rule" else "rules"} its p cannot fall " +
                    "below %.2g, the level is $level; ".format(Locale.ROOT, corrected) +
                    if (enough == null) "no number of seeds up to $MOST_SEEDS can"
                    else "$enough seeds can",
            )
        }
    }

    private companion object {
        const val MOST_LEVEL = 0.2
        const val MOST_SEEDS = 200
    }
}
