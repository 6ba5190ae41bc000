package dev.sparring.dsl.explain

import dev.sparring.dsl.RecipeFormat
import dev.sparring.dsl.RecipeText
import dev.sparring.dsl.diff.RecipeDiff
import dev.sparring.lint.Lints
import dev.sparring.metric.Direction
import dev.sparring.recipe.Recipe
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldEndWith
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.extension

private val BASE =
    """
    data: digits
    generator:
      latent: 4
      layers:
        - { type: dense, units: 64 }
        - { type: reshape, shape: [4, 4, 4] }
        - batchNorm
        - relu
        - { type: convTranspose, filters: 1 }
        - tanh
    discriminator:
      layers:
        - { type: conv, filters: 4, kernel: 4, stride: 2, padding: 1 }
        - { type: leakyRelu, slope: 0.1 }
        - { type: conv, filters: 8, kernel: 4, stride: 2, padding: 1 }
        - { type: leakyRelu, slope: 0.1 }
        - flatten
        - { type: dense, units: 1 }
    optimizer: { generator: { type: adam, lr: 0.0002, beta1: 0.5 } }
    train: { steps: 4, batch: 8 }
    """
        .trimIndent()

private fun changed(vararg changes: Pair<String, String>): Recipe =
    RecipeText.fromYaml(
        changes.fold(BASE) { text, (from, to) ->
            check(from in text) { "not in the recipe: $from" }
            text.replace(from, to)
        }
    )

private val FORMAT = RecipeFormat.onClassPath

private fun request(
    permutations: Int? = null,
    joins: List<List<String>> = emptyList(),
    figures: List<String> = listOf("loss_g"),
    better: Direction? = Direction.LOWER,
    seed: Long = 1,
) = ExplainRequest("test", figures, better, listOf(1, 2), permutations, seed, joins)

private fun plan(a: Recipe, b: Recipe, request: ExplainRequest = request()): Explanation =
    Explain(a, b, FORMAT, Lints.all()).plan(request)

private fun Explanation.titles() = moves.map { it.title }

private val LARGE = "units: 1 }\noptimizer" to "units: 1 }\nloss: hinge\noptimizer"

class ExplainSpec :
    FreeSpec({
        "each setting is a move, and all subsets are cells" {
            val a = changed()
            val b = changed("lr: 0.0002" to "lr: 0.001", "beta1: 0.5" to "beta1: 0.9", LARGE)
            val found = plan(a, b)
            found.titles() shouldContainExactly
                listOf("loss", "optimizer.generator.lr", "optimizer.generator.beta1")
            found.moves[1].differences.map { "${it.path} ${it.first} ${it.second}" } shouldBe
                listOf("optimizer.generator.lr 0.0002 [default] 0.001")
            found.moves.flatMap { it.reasons }.shouldBeEmpty()
            found.notes.shouldBeEmpty()
            found.orders shouldBe null
            found.sets shouldBe (0L..7L).toList()
            val cells = found.sweep.cells
            cells.map { it.folder } shouldContainExactly
                listOf("AAA", "BAA", "ABA", "BBA", "AAB", "BAB", "ABB", "BBB")
            cells.map { it.title } shouldContainExactly
                listOf("none", "1", "2", "1 2", "3", "1 3", "2 3", "all")
            RecipeDiff.of(cells.first().recipe, a).shouldBeEmpty()
            RecipeDiff.of(cells.last().recipe, b).shouldBeEmpty()
            RecipeDiff.of(cells[2].recipe, changed("lr: 0.0002" to "lr: 0.001")).shouldBeEmpty()
            found.sweep.seeds shouldBe listOf(1L, 2L)
        }

        "what is one for the networks is one move, and the plan says why" {
            val b =
                changed(
                    "slope: 0.1" to "slope: 0.3",
                    "discriminator:" to "discriminator:\n  norm: sn\n  init: he",
                    "type: adam, lr: 0.0002, beta1: 0.5" to "type: sgd, lr: 0.01",
                )
            val found =
                plan(
                    changed(),
                    b,
                    request(joins = listOf(listOf("discriminator.norm", "optimizer"))),
                )
            found.titles() shouldContainExactly
                listOf(
                    "discriminator.init",
                    "discriminator.norm + optimizer.generator",
                    "discriminator.layers.slope",
                )
            found.moves.flatMap { it.reasons } shouldContainExactly
                listOf("joined by --join discriminator.norm, optimizer")
            found.moves[1].differences.map { it.path } shouldBe
                listOf("discriminator.layers.{0,2,5}.norm", "optimizer.generator")
            found.moves[2].differences.map { it.path } shouldBe
                listOf("discriminator.layers.{1,3}.slope")
        }

        "a mixture that no plan accepts joins moves" {
            // A kernel of 7 with stride 2 does not fit 2 x 2 without its border.
            val b =
                changed(
                    "filters: 8, kernel: 4, stride: 2, padding: 1" to
                        "filters: 8, kernel: 7, stride: 2, padding: 3",
                    LARGE,
                )
            val found = plan(changed(), b)
            found.titles() shouldContainExactly
                listOf("discriminator.layers.kernel + discriminator.layers.padding", "loss")
            found.moves[0].reasons.single() shouldContain
                "discriminator.layers.kernel alone is no valid recipe: discriminator.layers.2: "
            found.sweep.cells.size shouldBe 4
        }

        "a mixture that a rule warns of, where it warns of neither recipe, joins moves" {
            val b =
                changed(
                    "{ type: dense, units: 1 }\noptimizer" to
                        "{ type: dense, units: 1 }\n    - sigmoid\nloss: logProbability\noptimizer",
                    "lr: 0.0002" to "lr: 0.0004",
                )
            val found = plan(changed(), b)
            found.titles() shouldContainExactly
                listOf("discriminator.layers.sigmoid + loss", "optimizer.generator.lr")
            found.moves[0].reasons.single() shouldContain
                "discriminator.layers.sigmoid alone is warned of: discriminator.layers.6: the " +
                    "discriminator ends in sigmoid"
            found.moves[0].reasons.single() shouldEndWith " (--despite-warnings ignores that)"
            // Without rules what is no valid recipe still joins: this loss takes probabilities.
            val free = Explain(changed(), b, FORMAT, emptyList()).plan(request())
            free.titles() shouldContainExactly found.titles()
            free.moves[0].reasons.single() shouldContain "loss alone is no valid recipe: "
        }

        "what is measured and written is A's, and said so" {
            val a = changed("train:" to "evaluate: { every: 2, samples: 20 }\ntrain:")
            val b = changed("train:" to "evaluate: { every: 2, samples: 30 }\ntrain:", LARGE)
            val found = plan(a, b, request(figures = emptyList(), better = null))
            found.sweep.measures shouldBe listOf("frechet_distance.pixels")
            found.notes shouldBe listOf("evaluate.samples is not moved: it is A's, 20; B has 30")
            found.sweep.cells.map { it.recipe.evaluate!!.samples() }.distinct() shouldBe listOf(20)
            plan(changed(), b).notes shouldBe
                listOf("samples are measured as B says, for A has no evaluate")
        }

        "drawn orders come in pairs with their reverses, and follow from their seed" {
            val b =
                changed(
                    "lr: 0.0002" to "lr: 0.001",
                    "beta1: 0.5" to "beta1: 0.9",
                    "slope: 0.1" to "slope: 0.3",
                    "batch: 8" to "batch: 4",
                    "latent: 4" to "latent: 5",
                    LARGE,
                )
            val found = plan(changed(), b, request(permutations = 4))
            val orders = found.orders!!.map { it.toList() }
            found.arePairs shouldBe true
            orders.size shouldBe 4
            orders[1] shouldBe orders[0].reversed()
            orders[3] shouldBe orders[2].reversed()
            found.sets.size shouldBe found.sweep.cells.size
            plan(changed(), b, request(permutations = 4)).orders!!.map { it.toList() } shouldBe
                orders
            val others = plan(changed(), b, request(permutations = 4, seed = 2)).orders!!
            (others.map { it.toList() } == orders) shouldBe false
            plan(changed(), b, request(permutations = 3)).arePairs shouldBe false
            // Where they would train every subset anyway, all orders are as cheap.
            val two = changed("lr: 0.0002" to "lr: 0.001", LARGE)
            plan(changed(), two, request(permutations = 2)).orders shouldBe null
        }

        "mixtures of none and of all moves are the recipes themselves" {
            val folder = Path.of("../../samples/recipes")
            val all =
                Files.walk(folder)
                    .use { files -> files.filter { it.extension == "yaml" }.toList() }
                    .sorted()
                    .map { it.fileName to FORMAT.read(it) }
            for (distance in 1..2) {
                for ((i, first) in all.withIndex()) {
                    val (name, a) = first
                    val (other, b) = all[(i + distance) % all.size]
                    val mixer = Mixer(a, b, FORMAT)
                    withClue("$name to $other") {
                        RecipeDiff.of(a, mixer.recipe(emptySet())).shouldBeEmpty()
                        val end = mixer.recipe(mixer.changes.toSet())
                        val same = b.output(a.output()).evaluate(a.evaluate())
                        RecipeDiff.of(same.train(same.train.seed(a.train.seed)), end)
                            .shouldBeEmpty()
                    }
                }
            }
        }

        "what cannot be explained is said in one line" {
            fun problem(a: Recipe, b: Recipe, request: ExplainRequest = request()) =
                shouldThrow<ExplainException> { plan(a, b, request) }.message
            val hinge = changed(LARGE)
            problem(changed(), changed()) shouldBe
                "equal in all that is trained, so there is nothing to explain"
            problem(changed(), changed("train:" to "output: { sampleCount: 4 }\ntrain:")) shouldBe
                "equal in all that is trained, so there is nothing to explain; they differ in " +
                    "output.sampleCount, which explains nothing"
            problem(changed(), hinge, request(figures = listOf("los_g"))) shouldBe
                "--figure: no run measures it: unknown column 'los_g', did you mean 'loss_g'? there " +
                    "is loss_d, loss_g and diagnostics"
            problem(changed(), hinge, request(figures = emptyList())) shouldBe
                "--figure: name what is explained, one of loss_d, loss_g; neither recipe measures " +
                    "samples, which 'evaluate' would"
            problem(changed(), hinge, request(better = null)) shouldBe
                "--figure: which values of 'loss_g' are better is not known: add --better lower or " +
                    "--better higher"
            val measured = changed("train:" to "evaluate: { every: 2, samples: 20 }\ntrain:")
            problem(
                measured,
                hinge,
                request(figures = listOf("recall.pixels"), better = Direction.LOWER),
            ) shouldBe "--better: higher values of 'recall.pixels' are better"
            problem(changed(), hinge, request(joins = listOf(listOf("lose", "optimizer")))) shouldBe
                "--join: no setting that differs is 'lose' or below it, did you mean 'loss'? there is " +
                    "loss"
            problem(changed(), hinge, request(joins = listOf(listOf("loss")))) shouldBe
                "--join: 'loss' is one move already, loss; name several"
            val many =
                changed(
                    LARGE,
                    "latent: 4" to "latent: 5",
                    "slope: 0.1" to "slope: 0.3",
                    "type: adam, lr: 0.0002, beta1: 0.5" to
                        "type: adam, lr: 0.001, beta1: 0.4, beta2: 0.9, eps: 0.01",
                    "steps: 4, batch: 8" to "steps: 5, batch: 4, shuffle: false",
                )
            problem(
                changed(),
                many,
                request(permutations = 1000).copy(seeds = (1L..900).toList()),
            )!! shouldContain
                "--permutations: 10000 runs at most, 1000 orders of 10 moves with 900 seeds make "
            problem(changed(), many)!!.let {
                it shouldContain
                    "10 moves have too many orders (all of 8 at most, which are 256 recipes): draw " +
                        "some by --permutations 8, or make fewer moves by --join: generator.latent, "
                it shouldEndWith "train.steps, train.batch, train.shuffle"
            }
        }
    })
