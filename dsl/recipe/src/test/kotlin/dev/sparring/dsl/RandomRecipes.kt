package dev.sparring.dsl

import dev.sparring.dsl.text.ChoiceSchema
import dev.sparring.dsl.text.EnumSchema
import dev.sparring.dsl.text.ListSchema
import dev.sparring.dsl.text.RecordSchema
import dev.sparring.dsl.text.ScalarSchema
import dev.sparring.dsl.text.Schema
import dev.sparring.dsl.text.Schemas
import dev.sparring.recipe.Recipe
import dev.sparring.vocabulary.Vocabulary
import io.kotest.property.Arb
import io.kotest.property.arbitrary.arbitrary
import kotlin.random.Random

/** Recipes with any settings that the records accept, by reflection: no layer is left out. */
/** The schemas of the library's own words. */
internal val builtIn: Schemas = RecipeFormat(Vocabulary.builtIn()).schemas

internal val recipes: Arb<Recipe> = arbitrary { RandomRecipes(it.random).recipe() }

internal class RandomRecipes(private val random: Random) {
    /** How deep the current value is nested: layers hold layers. */
    private var depth = 0

    fun recipe(): Recipe = value(builtIn.of(Recipe::class.java)) as Recipe

    fun value(form: Schema): Any {
        depth++
        try {
            return drawn(form)
        } finally {
            depth--
        }
    }

    private fun drawn(form: Schema): Any =
        when (form) {
            ScalarSchema.INT -> if (one(4)) random.nextInt() else random.nextInt(1, 20)
            ScalarSchema.LONG -> random.nextLong()
            ScalarSchema.NUMBER -> number()
            ScalarSchema.TRUTH -> random.nextBoolean()
            ScalarSchema.TEXT -> texts.random(random)
            is EnumSchema -> form.words.values.random(random)
            is ListSchema -> List(random.nextInt(5)) { value(form.element) }
            is RecordSchema -> record(form)
            is ChoiceSchema -> record(alternatives(form).random(random))
        }

    private fun alternatives(form: ChoiceSchema): List<RecordSchema> {
        val all = form.alternatives.values.toList()
        return if (depth < DEEP) all
        else all.filter { it.settings.none { s -> s.schema is ListSchema } }
    }

    /** Tries until the constructor accepts the values; half of the settings keep their defaults. */
    private fun record(form: RecordSchema): Record {
        repeat(10_000) {
            val given = form.settings.filter { it in form.required || random.nextBoolean() }
            val values =
                given.associate { it.name to if (it.nullable && one(4)) null else value(it.schema) }
            try {
                return form.make(values)
            } catch (_: IllegalArgumentException) {
                // Again, with other values.
            }
        }
        error("no values for ${form.type}")
    }

    private fun number(): Double =
        when (random.nextInt(5)) {
            0 -> random.nextDouble()
            1 -> random.nextInt(-3, 100).toDouble()
            2 -> Double.fromBits(random.nextLong()).takeIf { it.isFinite() } ?: 0.0
            3 -> listOf(1e-8, 5e-5, 2e-4, 0.001, 1e7, 1e300, Double.MIN_VALUE, -0.0).random(random)
            else -> random.nextDouble() / 100_000
        }

    private fun one(of: Int) = random.nextInt(of) == 0

    private companion object {
        const val DEEP = 9
    }

    private val texts =
        listOf(
            "a",
            "gan",
            "true",
            "null",
            "No",
            "12",
            "1e3",
            "0x1F",
            "2024-11-05",
            "a.b-c_d",
            "~",
            "/data/faces",
            "C:\\data",
            "a b",
            "a: b",
            "a #b",
            "- a",
            "&a",
            "*a",
            "!a",
            "\"a\"",
            "'a'",
            "{a}",
            "[a]",
            "a\nb\tc",
            "bilder/\u00fc\u00df",
            "\u5199\u771f",
            "\ud83d\ude00",
            "\u0001",
            "\u0085\u2028\ufeff",
            "%a",
            "@a",
            "`a`",
            "|",
            ">",
        )
}
