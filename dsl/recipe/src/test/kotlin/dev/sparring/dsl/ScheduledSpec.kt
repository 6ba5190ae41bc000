package dev.sparring.dsl

import dev.sparring.dsl.sweep.SweepText
import dev.sparring.optim.CosineDecay
import dev.sparring.plan.GamePlan
import dev.sparring.recipe.Recipe
import dev.sparring.recipe.RecipeException
import dev.sparring.recipe.ScheduledNumber
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FreeSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlin.io.path.writeText

private const val TEXT =
    """
name: scheduled
data: ring
generator: { layers: [{ type: dense, units: 2 }] }
discriminator: { layers: [{ type: dense, units: 1 }] }
terms: [{ type: r1, gamma: 0.05 }]
train:
  schedules:
    - { setting: terms.0.gamma, to: 0.005, shape: cosine, images: 20000000 }
    - { setting: optimizer.discriminator.beta2, to: 0.99, steps: 300 }
"""

private val recipe: Recipe =
    gan("scheduled") {
        data = ring
        generator { dense(2) }
        discriminator { dense(1) }
        terms(r1(gamma = 0.05))
        train(
            schedules =
                listOf(
                    scheduled("terms.0.gamma", to = 0.005, shape = cosine, images = 20_000_000),
                    scheduled("optimizer.discriminator.beta2", to = 0.99, steps = 300),
                )
        )
    }

/** Numbers that change while a recipe trains, in text, Kotlin, settings and sweeps. */
class ScheduledSpec :
    FreeSpec({
        "text and Kotlin say the same, and come back the same" {
            RecipeText.fromYaml(TEXT) shouldBe recipe
            RecipeText.fromYaml(RecipeText.toYaml(recipe)) shouldBe recipe
            recipe.train.schedules[0] shouldBe
                ScheduledNumber.scheduled("terms.0.gamma", 0.005)
                    .shape(CosineDecay.cosineDecay())
                    .images(20_000_000)
            RecipeText.toYaml(
                    gan {
                        data = ring
                        generator { dense(2) }
                        discriminator { dense(1) }
                    }
                )
                .contains("schedules") shouldBe false
        }

        "settings of a schedule are changed by themselves" {
            fun set(vararg settings: String) =
                Overrides.apply(recipe, settings.toList()).train.schedules
            set("train.schedules.1.to=0.95")[1] shouldBe
                scheduled("optimizer.discriminator.beta2", to = 0.95, steps = 300)
            set("train.schedules.0.shape={ type: linear, start: 0.5 }")[0].shape shouldBe
                linear(start = 0.5)
            set("train.schedules=[]") shouldBe emptyList()
            set("train.schedules=[{ setting: terms.0.gamma, to: 2 }]") shouldContainExactly
                listOf(scheduled("terms.0.gamma", to = 2.0))
        }

        "an axis of a sweep goes over a schedule" {
            val folder = tempdir("sweep").toPath()
            folder.resolve("scheduled.yaml").writeText(TEXT)
            val file = folder.resolve("s.yaml")
            file.writeText(
                """
                recipe: scheduled.yaml
                axes:
                  train.schedules.0.to: [0.05, 0.005]
                  train.schedules.1.shape: [linear, cosine]
                seeds: 2
                """
                    .trimIndent()
            )
            val cells = SweepText.read(file, emptyList()) { RecipeText.read(it) }.cells
            cells.map { it.title } shouldContainExactly
                listOf("0.05, linear", "0.05, cosine", "0.005, linear", "0.005, cosine")
            cells.map { it.recipe.train.schedules[0].to } shouldContainExactly
                listOf(0.05, 0.05, 0.005, 0.005)
        }

        "errors name their place" {
            fun syntax(old: String, new: String) =
                shouldThrow<RecipeSyntaxException> { RecipeText.fromYaml(TEXT.replace(old, new)) }
                    .message
            syntax("to: 0.99, steps: 300", "too: 0.99") shouldContain
                "train.schedules.1.too: unknown setting, did you mean 'to'?"
            syntax("steps: 300", "steps: 300, images: 4") shouldContain
                "train.schedules.1.images: 4 and steps 300 are two spans of one number: leave one of them out"
            shouldThrow<RecipeException> {
                    GamePlan.of(Overrides.apply(recipe, listOf("terms=[]")))
                }
                .message shouldBe "train.schedules.0: terms is empty, got '0'"
        }
    })
