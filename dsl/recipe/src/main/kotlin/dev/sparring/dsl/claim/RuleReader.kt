package dev.sparring.dsl.claim

import dev.sparring.dsl.sweep.Sweep
import dev.sparring.dsl.sweep.SweepCell
import dev.sparring.dsl.sweep.textsOf
import dev.sparring.dsl.sweep.wrong
import dev.sparring.dsl.text.Fields
import dev.sparring.dsl.text.Node
import dev.sparring.dsl.text.described
import dev.sparring.dsl.text.didYouMean
import dev.sparring.dsl.text.list
import dev.sparring.dsl.text.under
import dev.sparring.setting.Shown

/** Reads one rule: its kind with that one's settings. */
internal class RuleReader(private val sweep: Sweep) {
    fun read(node: Node, path: String): Rule {
        val kind = (node as? Fields)?.entries?.entries?.singleOrNull()
        if (kind == null) {
            val got =
                if (node is Fields && node.entries.isNotEmpty()) "several settings"
                else node.described()
            throw wrong(
                node.place,
                path,
                "expected one kind of rule with its settings (${list(KINDS.keys)}), got $got",
            )
        }
        val (word, settings) = kind
        val read =
            KINDS[word]
                ?: throw wrong(
                    node.key(word),
                    under(path, Shown.value(word)),
                    "unknown kind of rule${didYouMean(word, KINDS.keys)} there is ${list(KINDS.keys)}",
                )
        val at = under(path, word)
        if (settings !is Fields) {
            throw wrong(settings.place, at, "expected its settings, got ${settings.described()}")
        }
        return read(RuleNodes(settings, at, sweep))
    }

    private fun better(rule: RuleNodes): Rule {
        rule.only(FIGURE, DIRECTION, CELL, THAN, BY, TEST)
        val figure = rule.figure()
        val (cell, than) = two(rule)
        val by = if (BY in rule) rule.number(BY, "a number from 0") { it >= 0 } else 0.0
        return Better(figure, rule.direction(figure), cell, than, by, rule.test())
    }

    private fun equal(rule: RuleNodes): Rule {
        rule.only(FIGURE, DIRECTION, CELL, THAN, WITHIN, TEST)
        val figure = rule.figure()
        val (cell, than) = two(rule)
        val within = rule.number(WITHIN, "a number above 0") { it > 0 }
        return Equal(figure, rule.direction(figure), cell, than, within, rule.test())
    }

    private fun failures(rule: RuleNodes): Rule {
        rule.only(CELL, THAN, LEAST, MOST)
        if (THAN !in rule) return FailureRate(rule.cell(CELL), rule.bound(true))
        rule.only(CELL, THAN)
        val (cell, than) = two(rule)
        return FewerFailures(cell, than)
    }

    private fun trend(rule: RuleNodes): Rule {
        rule.only(FIGURE, DIRECTION, ALONG, AT, BECOMES)
        val figure = rule.figure()
        val axis = rule.node(ALONG, "an axis, whose values are in order")
        val along = axes(textsOf(axis, rule.at(ALONG)), rule, ALONG).single()
        val cells = rule.cells(AT, listOf(along))
        if (cells.size < 2) {
            throw wrong(axis.place, rule.at(ALONG), "expected an axis with two values or more")
        }
        val words = mapOf("better" to true, "worse" to false)
        val becomes = rule.node(BECOMES, words.keys.joinToString(" or "))
        val isBetter = rule.choice(becomes, rule.at(BECOMES), words)
        return Trend(figure, rule.direction(figure), along, cells, isBetter)
    }

    private fun value(rule: RuleNodes): Rule {
        rule.only(FIGURE, CELL, LEAST, MOST)
        return Value(rule.figure(), rule.cell(CELL), rule.bound(false))
    }

    private fun share(rule: RuleNodes): Rule {
        rule.only(FIGURE, SOURCE_OF_LUCK, AMONG, AT, LEAST, MOST)
        val figure = rule.figure()
        val sources =
            if (AMONG in rule) axes(textsOf(rule.node(AMONG, ""), rule.at(AMONG)), rule, AMONG)
            else sweep.crossedSeeds + listOf(SEED).filter { sweep.seeds.size > 1 }
        val among = (sweep.axes + SEED).filter { it in sources }
        if (among.isEmpty()) {
            throw wrong(
                rule.place,
                rule.at(AMONG),
                "no axis varies seeds: name the axes among which the variance is shared",
            )
        }
        if (sweep.seeds.size > 1 && SEED !in among) {
            throw wrong(
                rule.place,
                rule.at(AMONG),
                "the sweep has ${sweep.seeds.size} seeds, which are a source too: add $SEED",
            )
        }
        val asked = rule.node(SOURCE_OF_LUCK, "one of ${list(among)}")
        val source = axes(textsOf(asked, rule.at(SOURCE_OF_LUCK)), rule, SOURCE_OF_LUCK)
        source
            .find { it !in among }
            ?.let {
                throw wrong(asked.place, rule.at(SOURCE_OF_LUCK), "expected one of ${list(among)}")
            }
        val levels = among.map { if (it == SEED) sweep.seeds.size else rule.values(it).size }
        val few = among.zip(levels).find { it.second < FEWEST }
        if (few != null) {
            throw wrong(
                rule.place,
                rule.at(AMONG),
                "no interval, so nothing can be decided: ${Shown.value(few.first)} has " +
                    "${few.second} values; $FEWEST can",
            )
        }
        val cells = rule.cells(AT, among)
        return Share(figure, among.filter { it in source }, among, cells, levels, rule.bound(true))
    }

    /** Names of axes, also by their last key, or `seed`. */
    private fun axes(names: List<Pair<String, Node>>, rule: RuleNodes, key: String): List<String> =
        names.map { (name, node) ->
            (sweep.axes + SEED).singleOrNull { it == name || it.endsWith(".$name") }
                ?: throw wrong(
                    node.place,
                    rule.at(key),
                    "the sweep has no axis ${Shown.quoted(name)}" +
                        "${didYouMean(name, sweep.axes)} there is ${list(sweep.axes + SEED)}",
                )
        }

    private fun two(rule: RuleNodes): Pair<SweepCell, SweepCell> {
        val what = "axes with a label each"
        val node = rule.node(THAN, what)
        rule.node(CELL, what)
        val cells = rule.cell(CELL) to rule.cell(THAN)
        if (cells.first === cells.second) {
            throw wrong(node.place, rule.at(THAN), "expected another cell than $CELL")
        }
        return cells
    }

    companion object {
        private const val SEED = "seed"

        /** Fewer values of a source have no interval. */
        private const val FEWEST = 3

        private val READERS: Map<String, RuleReader.(RuleNodes) -> Rule> =
            linkedMapOf(
                "better" to { better(it) },
                "equal" to { equal(it) },
                "failures" to { failures(it) },
                "trend" to { trend(it) },
                "value" to { value(it) },
                "share" to { share(it) },
            )

        /** The words of all kinds. */
        val KINDS: Map<String, RuleReader.(RuleNodes) -> Rule>
            get() = READERS
    }
}
