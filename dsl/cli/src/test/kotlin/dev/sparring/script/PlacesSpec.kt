package dev.sparring.script

import dev.sparring.dsl.CallSites
import dev.sparring.plan.GamePlan
import dev.sparring.recipe.Problem
import dev.sparring.recipe.RecipeException
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FreeSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.shouldBe
import kotlin.io.path.writeText

private val script =
    """
    fun LayersScope.pair(n: Int) { conv(n); "conv(1)"; conv(n) } // conv(2)
    val shared = relu
    gan("places") {
        data = digits()
        block("twice") { repeat(2) { conv(4); relu(); conv(4) } }
        generator(latent = 64) {
            init = orthogonal()
            dense(64); reshape(1, 8, 8); +Conv.conv(1); dense(3)
        }
        discriminator {
            pair(8)
            residual(shortcut = { conv(8, kernel = 1) }) { relu(); conv(8); branches {
                path { conv(8) }; path { conv(8); conv(8) } }; conv(8) }
            layer(Conv.conv(8)); conv(
                8,
            )
            +shared2; +shared2
            if (latentOf(3) > 5) conv(1) else conv(2)
            flatten(); dense(1)
        }
        terms(r1(), gradientPenalty())
        train(steps = 5)
        train(batch = 3)
    }
    """
        .trimIndent()
        .replace("val shared = relu", "val shared2 = Relu.relu()\nfun latentOf(n: Int) = n")

class PlacesSpec :
    FreeSpec({
        val folder = tempdir().toPath()
        val file = folder.resolve("p.gan.kts").apply { writeText(script) }
        val opened by lazy { GanScriptHost(cache = folder.resolve("cache")).open(file) }
        val recipe by lazy { opened.recipes().single() }
        fun place(path: String, changes: List<String> = emptyList()): String {
            val e = RecipeException(listOf(Problem(path, "wrong")))
            return opened.placed(recipe, e, changes).message!!.replace("$file:", "")
        }

        "a problem of shapes is at the call of its layer" {
            val e = shouldThrow<RecipeException> { GamePlan.of(recipe) }
            opened.placed(recipe, e, emptyList()).message!!.lines()[0] shouldBe
                "$file:9:53: generator.layers.3: dense 3 needs features (F), got (1, 8, 8); put a flatten before it"
        }

        "each of several calls on a line has its own column" {
            place("discriminator.layers.0") shouldBe "1:32: discriminator.layers.0: wrong"
            place("discriminator.layers.1") shouldBe "1:52: discriminator.layers.1: wrong"
            place("generator.layers.0") shouldBe "9:9: generator.layers.0: wrong"
            place("generator.layers.2") shouldBe "9:38: generator.layers.2: wrong"
        }

        "layers in layers, in the order of the text" {
            val at = "discriminator.layers.2"
            place(at) shouldBe "13:9: $at: wrong"
            place("$at.shortcut.0") shouldBe "13:31: $at.shortcut.0: wrong"
            place("$at.layers.1") shouldBe "13:64: $at.layers.1: wrong"
            place("$at.layers.2.paths.0.0") shouldBe "14:20: $at.layers.2.paths.0.0: wrong"
            place("$at.layers.2.paths.1.1") shouldBe "14:47: $at.layers.2.paths.1.1: wrong"
            place("$at.layers.3.filters") shouldBe "14:60: $at.layers.3.filters: wrong"
            place("blocks.0.layers.2") shouldBe "6:51: blocks.0.layers.2: wrong"
            // The second round of the loop is the same text.
            place("blocks.0.layers.3") shouldBe "6:34: blocks.0.layers.3: wrong"
        }

        "what cannot be told apart has the place around it, or no column" {
            place("discriminator.layers.5") shouldBe "11:5: discriminator.layers.5: wrong"
            place("discriminator.layers.7") shouldBe "19: discriminator.layers.7: wrong"
        }

        "settings and sections are at their calls, and what was changed is nowhere" {
            place("generator.init.gain") shouldBe "8:9: generator.init.gain: wrong"
            place("generator.latent") shouldBe "7:5: generator.latent: wrong"
            place("terms.1") shouldBe "22:5: terms.1: wrong"
            place("data.size") shouldBe "5:5: data.size: wrong"
            place("train.batch") shouldBe "24:5: train.batch: wrong"
            place("ema") shouldBe "4:1: ema: wrong"
            place("train.batch", listOf("train=x")) shouldBe " train.batch: wrong"
            place("train.batch", listOf("train.steps=1")) shouldBe "24:5: train.batch: wrong"
        }

        "who is not the text has no place" {
            val sites = CallSites { false }
            val own =
                sites.gan {
                    data = recipe.data
                    generator { dense(1) }
                    discriminator { dense(1) }
                }
            sites.find(own, "generator.layers.0") shouldBe null
        }
    })
