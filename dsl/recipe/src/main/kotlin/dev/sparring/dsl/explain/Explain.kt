package dev.sparring.dsl.explain

import dev.sparring.dsl.RecipeFormat
import dev.sparring.dsl.diff.Difference
import dev.sparring.dsl.diff.RecipeDiff
import dev.sparring.dsl.sweep.Columns
import dev.sparring.dsl.sweep.Sweep
import dev.sparring.dsl.sweep.SweepCell
import dev.sparring.dsl.text.didYouMean
import dev.sparring.dsl.text.list
import dev.sparring.lint.Lint
import dev.sparring.metric.Direction
import dev.sparring.recipe.Recipe
import dev.sparring.setting.Shown

/**
 * Plans how to explain the difference between two recipes by walking from the first to the second,
 * one move at a time.
 *
 * Moves are settings of the effect, as [RecipeDiff] lists them: those of layers that both networks
 * have are one move each, layers that only one of them has are another. The name, the seeds, and
 * what is written and measured are the first recipe's throughout.
 *
 * @param rules of which a mixture may break none that neither recipe breaks; moves are joined for
 *   them. Empty for none: then only what is no valid recipe joins moves
 */
public class Explain(
    private val first: Recipe,
    private val second: Recipe,
    private val format: RecipeFormat,
    rules: List<Lint>,
) {
    /** Measured as the second one does if the first does not. */
    private val start = first.evaluate(first.evaluate ?: second.evaluate)
    private val mixer = Mixer(start, second, format)
    private val validity = Validity(mixer, rules)

    /** @throws ExplainException if the recipes or the request allow no explanation */
    public fun plan(request: ExplainRequest): Explanation {
        val changes = effective()
        if (changes.isEmpty()) {
            throw ExplainException(
                "equal in all that is trained, so there is nothing to explain" + keptSentence()
            )
        }
        validity.problem(changes.toSet())?.let {
            throw ExplainException(
                "the second recipe, with the first one's output and evaluation, $it"
            )
        }
        val single = changes.map { Joint(listOf(it)) }
        val asked = request.joins.fold(single, ::join)
        val orders = Orders(request)
        orders.requireFew(asked)
        val joints = Joining(validity).of(asked, orders::checked)
        orders.require(joints)
        val taken = orders.taken(joints.size)
        return Planned(joints, orders, taken).explanation(request)
    }

    /**
     * Those without which the recipes would be other ones; the rest is written differently only.
     */
    private fun effective(): List<String> {
        val all = mixer.changes.toSet()
        val end = mixer.recipe(all)
        val found =
            mixer.changes.filter { change ->
                isOther(start, setOf(change)) || isOther(end, all - change)
            }
        // Two changes may be without effect each, and not together.
        return if (isOther(end, found.toSet())) mixer.changes else found
    }

    /** Whether a change by itself is several settings. */
    private fun isSeveral(change: String): Boolean =
        try {
            differences(start, mixer.recipe(setOf(change))).size > 1
        } catch (_: IllegalArgumentException) {
            false
        }

    private fun isOther(recipe: Recipe, taken: Set<String>): Boolean =
        try {
            differences(recipe, mixer.recipe(taken)).isNotEmpty()
        } catch (_: IllegalArgumentException) {
            true
        }

    private fun differences(a: Recipe, b: Recipe): List<Difference> = RecipeDiff.of(a, b, format)

    /** What differs in what is no move; seeds are those of the request. */
    private fun kept(): List<Difference> {
        val end = mixer.recipe(mixer.changes.toSet())
        return differences(end, second).filter { it.path != "train.seed" }
    }

    private fun keptSentence(): String {
        val kept = kept().map { it.path }
        return if (kept.isEmpty()) "" else "; they differ in ${list(kept)}, which explains nothing"
    }

    private fun join(moves: List<Joint>, names: List<String>): List<Joint> {
        val found =
            names.flatMap { name ->
                val own =
                    moves.filter { m -> m.changes.any { it == name || it.startsWith("$name.") } }
                if (own.isEmpty()) {
                    val known = moves.flatMap { it.changes }
                    throw ExplainException(
                        "--join: no setting that differs is ${Shown.quoted(name)} or below it" +
                            "${didYouMean(name, known)} there is ${list(known)}"
                    )
                }
                own
            }
        val together = found.distinct()
        val said = names.joinToString()
        if (together.size < 2) {
            throw ExplainException(
                "--join: '$said' is one move already, ${together[0].title}; name several"
            )
        }
        val name = names.singleOrNull()
        val joint = Joint.of(together, "joined by --join $said", name)
        return moves.mapNotNull { move ->
            if (move === moves.first { it in together }) joint else move.takeIf { it !in together }
        }
    }

    /** All that is known once moves are joined. */
    private inner class Planned(
        private val joints: List<Joint>,
        private val orders: Orders,
        private val taken: List<IntArray>?,
    ) {
        fun explanation(request: ExplainRequest): Explanation {
            val recipes = orders.sets(joints.size, taken).associateWith { recipe(it) }
            val distinct = recipes.values.distinct()
            val places = distinct.withIndex().associate { it.value to it.index }
            val cells = recipes.mapValues { (_, recipe) -> places.getValue(recipe) }
            val columns = Columns(distinct)
            val figures = figures(request, columns)
            val directions = directions(request, figures)
            val firsts = recipes.entries.distinctBy { it.value }.map { it.key }
            val sweep =
                Sweep(
                    request.name,
                    listOf(AXIS),
                    firsts.map {
                        SweepCell(mapOf(AXIS to label(it)), folder(it), recipes.getValue(it))
                    },
                    request.seeds,
                    figures,
                    emptyMap(),
                    null,
                    directions,
                    emptyList(),
                )
            val seed = request.permutationSeed
            return Explanation(moves(), notes(), taken, orders.arePairs, seed, sweep, cells)
        }

        private fun recipe(set: Long): Recipe =
            validity.recipe(members(set).flatMap { joints[it].changes }.toSet())

        private fun members(set: Long) = joints.indices.filter { set shr it and 1L == 1L }

        /** The numbers of a set's moves. */
        private fun label(set: Long): String {
            val numbers = members(set).map { it + 1 }
            return when (numbers.size) {
                0 -> "none"
                joints.size -> "all"
                else -> numbers.joinToString(" ")
            }
        }

        /** A letter for each move: whose it is. */
        private fun folder(set: Long) =
            joints.indices.joinToString("") { if (set shr it and 1L == 1L) "B" else "A" }

        private fun moves(): List<Move> =
            joints.mapIndexed { i, joint ->
                val alone = differences(start, validity.recipe(joint.changes.toSet()))
                val several = joint.changes.filter(::isSeveral).mapNotNull(Joint::reason)
                Move(i + 1, joint.title, joint.changes, alone, several + joint.reasons)
            }

        private fun notes(): List<String> {
            val isMeasured = first.evaluate == null && second.evaluate != null
            return kept().map {
                "${it.path} is not moved: it is A's, ${it.first}; B has ${it.second}"
            } +
                listOf("samples are measured as B says, for A has no evaluate").filter {
                    isMeasured
                }
        }
    }

    private fun figures(request: ExplainRequest, columns: Columns): List<String> {
        for (figure in request.figures) {
            columns.problem(figure)?.let {
                throw ExplainException("--figure: no run measures it: $it")
            }
        }
        if (request.figures.isNotEmpty()) return request.figures.distinct()
        val usual = columns.usual.firstOrNull { Direction.of(it).isPresent }
        return listOf(
            usual
                ?: throw ExplainException(
                    "--figure: name what is explained, one of ${list(columns.usual)}; neither " +
                        "recipe measures samples, which 'evaluate' would"
                )
        )
    }

    private fun directions(request: ExplainRequest, figures: List<String>): Map<String, Direction> =
        figures.associateWith { figure ->
            val known = Direction.of(figure).orElse(null)
            val said = request.direction
            when {
                known == null ->
                    said
                        ?: throw ExplainException(
                            "--figure: which values of '${Shown.value(figure)}' are better is not " +
                                "known: add --better lower or --better higher"
                        )
                said != null && said != known ->
                    throw ExplainException(
                        "--better: ${known.word()} values of '${Shown.value(figure)}' are better"
                    )
                else -> known
            }
        }

    private companion object {
        const val AXIS = "from B"
    }
}
