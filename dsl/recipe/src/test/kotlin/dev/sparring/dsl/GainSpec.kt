package dev.sparring.dsl

import dev.sparring.dsl.diff.RecipeDiff
import dev.sparring.init.He
import dev.sparring.init.Initializer
import dev.sparring.init.Orthogonal
import dev.sparring.recipe.Recipe
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

/** A gain is a number, or the word auto: that of the activation after the layer. */
class GainSpec :
    FreeSpec({
        fun recipe(init: Initializer): Recipe = gan {
            data = digits
            generator { conv(1) }
            discriminator { conv(3, init = init) }
        }

        fun yaml(init: String) =
            """
            |data: digits
            |generator:
            |  layers: [{ type: conv, filters: 1 }]
            |discriminator:
            |  layers: [{ type: conv, filters: 3, init: $init }]
            |"""
                .trimMargin()

        "is read and written by its word" {
            for ((word, init) in
                listOf(
                    "orthogonal" to orthogonal(gain = auto),
                    "xavier" to xavier(gain = auto),
                    "deltaOrthogonal" to deltaOrthogonal(gain = auto),
                    "convOrthogonal" to convOrthogonal(gain = auto),
                )) {
                RecipeText.fromYaml(yaml("{ type: $word, gain: auto }")) shouldBe recipe(init)
                val text = RecipeText.toYaml(recipe(init))
                text shouldContain "init: { type: $word, gain: auto }"
                RecipeText.fromYaml(text) shouldBe recipe(init)
                RecipeText.fromJson(RecipeText.toJson(recipe(init), full = true)) shouldBe
                    recipe(init)
            }
        }

        "where it is the default, the word may be written too" {
            RecipeText.fromYaml(yaml("{ type: he, gain: auto }")) shouldBe recipe(He.he())
            RecipeText.toYaml(recipe(he(gain = auto))) shouldContain "init: he"
            RecipeText.fromYaml(yaml("{ type: orthogonal, gain: 1.5 }")) shouldBe
                recipe(Orthogonal.orthogonal(1.5))
            RecipeText.fromYaml(yaml("orthogonal")) shouldBe recipe(orthogonal)
        }

        "other words are refused" {
            shouldThrow<RecipeSyntaxException> {
                    RecipeText.fromYaml(yaml("{ type: xavier, gain: relu }"), "d.yaml")
                }
                .message shouldBe
                "d.yaml:5:66: discriminator.layers.0.init.gain: expected a number or auto, got 'relu'"
        }

        "can be set" {
            Overrides.apply(
                recipe(orthogonal),
                listOf("discriminator.layers.0.init.gain=auto"),
            ) shouldBe recipe(orthogonal(gain = auto))
        }

        "is in words, schema and diff" {
            RecipeWords.about("orthogonal") shouldContain "gain: number or auto = 1.0"
            RecipeWords.about("he") shouldContain "gain: number or auto = auto"
            RecipeSchema.json() shouldContain "\"const\": \"auto\""
            RecipeDiff.of(recipe(orthogonal), recipe(orthogonal(gain = auto)))
                .toString() shouldContain "auto"
        }

        "fixup has every face" {
            val made = recipe(fixup(base = orthogonal(gain = auto), zeroLast = true))
            val text =
                yaml("{ type: fixup, base: { type: orthogonal, gain: auto }, zeroLast: true }")
            RecipeText.fromYaml(text) shouldBe made
            RecipeText.fromYaml(RecipeText.toYaml(made)) shouldBe made
        }
    })
