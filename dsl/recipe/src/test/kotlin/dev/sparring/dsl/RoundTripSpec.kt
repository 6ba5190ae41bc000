package dev.sparring.dsl

import dev.sparring.dsl.text.ChoiceSchema
import dev.sparring.dsl.text.ListSchema
import dev.sparring.dsl.text.RecordSchema
import dev.sparring.dsl.text.Schema
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
                        checkAll(250, recipes) {
                            RecipeText.fromYaml(RecipeText.toYaml(it, full)) shouldBe it
                        }
                    }
                    "from $form JSON" {
                        checkAll(250, recipes) {
                            RecipeText.fromJson(RecipeText.toJson(it, full)) shouldBe it
                        }
                    }
                }
            }

        "and these recipes have every record of the model in them" {
            val unseen = records(builtIn.of(Recipe::class.java)).toMutableSet<Class<*>>()
            checkAll(500, recipes) { unseen.removeAll(inside(it)) }
            unseen.shouldBeEmpty()
        }
    })

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
