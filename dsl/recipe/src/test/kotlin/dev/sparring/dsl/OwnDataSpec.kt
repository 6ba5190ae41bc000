package dev.sparring.dsl

import dev.sparring.data.Csv
import dev.sparring.data.InMemory
import dev.sparring.data.Layout
import dev.sparring.data.Npy
import dev.sparring.data.ValueRange
import dev.sparring.recipe.Recipe
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

/** Data of arrays, sequences and files in the DSL, and that of files in text. */
class OwnDataSpec :
    FreeSpec({
        val values = floatArrayOf(-1f, 0.25f, 0.5f, -0.75f)

        "arrays, lists and sequences are the same images" {
            val images = images(values, shape(1, 1, 2), intArrayOf(3, 0))
            images shouldBe InMemory.images(values, shape(1, 1, 2)).labels(3, 0)
            val each = listOf(floatArrayOf(-1f, 0.25f), floatArrayOf(0.5f, -0.75f))
            images(each, shape(1, 1, 2), intArrayOf(3, 0)) shouldBe images
            images(each.asSequence(), shape(1, 1, 2), intArrayOf(3, 0)) shouldBe images
        }

        "and the same points" {
            val points = points(values, 2)
            val each = listOf(doubleArrayOf(-1.0, 0.25), doubleArrayOf(0.5, -0.75))
            points(each) shouldBe points
            points(each.asSequence()) shouldBe points
            // Once only: a second reading would fail.
            points(each.asSequence().constrainOnce(), intArrayOf(1, 0)) shouldBe points.labels(1, 0)
        }

        "they are data of a recipe" {
            val recipe = recipe { data = points(values, 2) }
            recipe.data shouldBe InMemory.points(values, 2)
            "${recipe.data}" shouldBe "points(2 of (2))"
        }

        "files have every face" {
            val npy = npy("a.npy", layout = channelsLast, range = range(0.0, 1.0), labels = "b.npy")
            npy shouldBe Npy("a.npy", Layout.CHANNELS_LAST, ValueRange(0.0, 1.0), "b.npy")
            RecipeText.toYaml(recipe { data = npy }) shouldContain
                "data: { type: npy, path: a.npy, layout: channelsLast, " +
                    "range: { from: 0.0, to: 1.0 }, labels: b.npy }\n"
            val csv = csv("a.csv", listOf("x", "2"), "kind", header = true, shape = listOf(1, 1, 2))
            csv shouldBe Csv("a.csv", listOf("x", "2"), "kind", true, ",", listOf(1, 1, 2), null)
            for (data in listOf(npy, csv, csv("b.csv", delimiter = "\t"))) {
                val recipe = recipe { this.data = data }
                RecipeText.fromYaml(RecipeText.toYaml(recipe)) shouldBe recipe
                RecipeText.fromJson(RecipeText.toJson(recipe)) shouldBe recipe
            }
        }

        "columns may be numbers, and errors have their place" {
            val read = RecipeText.fromYaml(yaml("{ type: csv, file: a.csv, columns: [2, 1] }"))
            read.data shouldBe Csv.csv("a.csv").columns("2", "1")
            fun failure(data: String) =
                shouldThrow<RecipeSyntaxException> { RecipeText.fromYaml(yaml(data)) }.message
            failure("{ type: npy, path: a, range: { from: 1, to: 0 } }") shouldContain
                ":1:44: data.range.from: must be < to, got 1.0 and 0.0"
            failure("{ type: csv, file: a, delimiter: '--' }") shouldContain
                "data.delimiter: must be one character"
        }
    })

private fun recipe(settings: GanScope.() -> Unit): Recipe = gan {
    generator { dense(2) }
    discriminator { dense(1) }
    settings()
}

private fun yaml(data: String) =
    "data: $data\ngenerator: { layers: [] }\ndiscriminator: { layers: [] }\n"
