package dev.sparring.dsl

import dev.sparring.dsl.text.ChoiceSchema
import dev.sparring.dsl.text.ListSchema
import dev.sparring.dsl.text.RecordSchema
import dev.sparring.dsl.text.Schema
import dev.sparring.dsl.text.Unwritable
import dev.sparring.layer.Branches
import dev.sparring.layer.Layer
import dev.sparring.layer.Relu
import dev.sparring.layer.Residual
import dev.sparring.recipe.Discriminator
import dev.sparring.recipe.Problem
import dev.sparring.recipe.Recipe
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe
import io.kotest.property.checkAll

class RoundTripSpec :
    FreeSpec({
        "a recipe reads back as an equal object" -
            {
                for (full in listOf(false, true)) {
                    val form = if (full) "full" else "short"
                    "from $form YAML" {
                        checkAll(150, recipes) {
                            RecipeText.fromYaml(written(RecipeText.toYaml(it, full))) shouldBe it
                        }
                    }
                    "from $form JSON" {
                        checkAll(150, recipes) {
                            RecipeText.fromJson(written(RecipeText.toJson(it, full))) shouldBe it
                        }
                    }
                }
            }

        "also with everything that its conventions decide, as a run keeps it" {
            checkAll(100, recipes) {
                val resolved = it.resolved()
                RecipeText.fromYaml(written(RecipeFormat.onClassPath.describe(resolved))) shouldBe
                    resolved
            }
        }

        "an empty list stays one, however far to the right it stands" {
            for (levels in 1..60) {
                val empty = Branches.branches(listOf(listOf(), listOf(Relu())))
                val recipe = kotlinFace.withLayer(nested(levels, empty))
                for (full in listOf(false, true)) {
                    RecipeText.fromYaml(RecipeText.toYaml(recipe, full)) shouldBe recipe
                    RecipeText.fromJson(RecipeText.toJson(recipe, full)) shouldBe recipe
                }
            }
        }

        "what is nested more deeply than a text may be has no text" {
            fun problems(levels: Int): List<Problem> =
                Unwritable.find(
                    nested(levels, Relu()) as Record,
                    builtIn.of(Residual::class.java as Class<out Record>),
                )
            problems(99).shouldBeEmpty()
            problems(100).single().text() shouldBe
                "nested too deeply: lists and settings of a text have 200 levels at most"
        }

        "and these recipes have every record of the model in them" {
            val unseen = records(builtIn.of(Recipe::class.java)).toMutableSet<Class<*>>()
            checkAll(500, recipes) { unseen.removeAll(inside(it)) }
            unseen.shouldBeEmpty()
        }
    })

/** As a file keeps a text. */
private fun written(text: String) = String(text.toByteArray())

private fun nested(levels: Int, innermost: Layer): Layer =
    (1..levels).fold(innermost) { inside, _ -> Residual.residual(inside) }

private fun Recipe.withLayer(layer: Layer): Recipe =
    Recipe.recipe(data, generator, Discriminator.discriminator(listOf(layer)))

/** Every record type under a form. */
internal fun records(form: Schema): Set<Class<out Record>> =
    linkedSetOf<Class<out Record>>().also { collect(form, it) }

/** Layers hold layers: known types are not visited again. */
private fun collect(form: Schema, known: MutableSet<Class<out Record>>) {
    when (form) {
        is RecordSchema ->
            if (known.add(form.type)) form.settings.forEach { collect(it.schema, known) }
        is ChoiceSchema -> form.alternatives.values.forEach { collect(it, known) }
        is ListSchema -> collect(form.element, known)
        else -> {}
    }
}

private fun inside(value: Any?): Set<Class<*>> =
    when (value) {
        is Record ->
            setOf(value.javaClass) +
                builtIn.of(value.javaClass).settings.flatMap { inside(it.of(value)) }
        is List<*> -> value.flatMap { inside(it) }.toSet()
        else -> emptySet()
    }
