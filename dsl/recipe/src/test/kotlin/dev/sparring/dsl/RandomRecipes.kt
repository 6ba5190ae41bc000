package dev.sparring.dsl

import dev.sparring.dsl.text.ChoiceSchema
import dev.sparring.dsl.text.EnumSchema
import dev.sparring.dsl.text.ListSchema
import dev.sparring.dsl.text.RecordSchema
import dev.sparring.dsl.text.ScalarSchema
import dev.sparring.dsl.text.Schema
import dev.sparring.dsl.text.Schemas
import dev.sparring.dsl.text.Setting
import dev.sparring.recipe.Recipe
import dev.sparring.vocabulary.Vocabulary
import io.kotest.property.Arb
import io.kotest.property.arbitrary.arbitrary
import kotlin.random.Random

/** The schemas of the library's own words. */
internal val builtIn: Schemas = RecipeFormat(Vocabulary.builtIn()).schemas

/** Recipes with any settings that the records accept, by reflection: no layer is left out. */
internal val recipes: Arb<Recipe> = arbitrary { RandomRecipes(it.random).recipe() }

/** The same without deep ones: the time of schema validators grows by a factor for each level. */
internal val shallowRecipes: Arb<Recipe> = arbitrary { RandomRecipes(it.random, 9).recipe() }

/**
 * @property deepest how deep values may be: some recipes have layers inside layers inside layers
 */
internal class RandomRecipes(
    private val random: Random,
    private val deepest: Int = listOf(9, 9, 9, 20, 40, 80).random(random),
) {
    /** How deep the current value is nested: layers hold layers. */
    private var depth = 0

    /** How many values there may be below the first levels. */
    private var left = 1_500

    fun recipe(): Recipe = value(builtIn.of(Recipe::class.java)) as Recipe

    fun value(form: Schema): Any {
        depth++
        left--
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
            ScalarSchema.TEXT -> text()
            is EnumSchema -> form.words.values.random(random)
            is ListSchema -> List(length()) { value(form.element) }
            is RecordSchema -> record(form)
            is ChoiceSchema -> record(alternatives(form).random(random))
        }

    private fun alternatives(form: ChoiceSchema): List<RecordSchema> {
        val all = form.alternatives.values.toList()
        val (holders, others) = all.partition { it.settings.any { s -> s.schema is ListSchema } }
        return when {
            depth >= deepest || left < 0 -> others
            // Else most would end long before they are deep.
            deepest > SHALLOW && holders.isNotEmpty() && random.nextInt(3) > 0 -> holders
            else -> all
        }
    }

    private fun length() =
        if (depth < SHALLOW) random.nextInt(5) else listOf(0, 1, 1, 1, 2).random(random)

    /** Tries until the constructor accepts the values; half of the settings keep their defaults. */
    private fun record(form: RecordSchema): Record {
        repeat(10_000) {
            val given = form.settings.filter { it in form.required || random.nextBoolean() }
            val values = given.associate { it.name to of(it) }
            try {
                return form.make(values)
            } catch (_: IllegalArgumentException) {
                // Again, with other values.
            }
        }
        error("no values for ${form.type}")
    }

    private fun of(setting: Setting): Any? =
        when {
            setting.nullable && one(4) -> null
            // The layers of a network are limited, and stacks in stacks multiply.
            setting.name == "times" && depth > SHALLOW -> 1
            else -> value(setting.schema)
        }

    private fun text(): String =
        when (random.nextInt(6)) {
            0 -> String(CharArray(random.nextInt(1, 30)) { anyCharacter() })
            1 -> texts.random(random).repeat(random.nextInt(1, 60))
            else -> texts.random(random)
        }

    /** Any half of a surrogate pair among them. */
    private fun anyCharacter(): Char =
        if (one(2)) Char(random.nextInt(0x100)) else Char(random.nextInt(0x10000))

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
        const val SHALLOW = 9
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
            "\u0000",
            "\u001b[31mred\u0007",
            "\u007f\u0080\u009f\u00ad",
            "\u202eabc\u2066\u200f\u061c",
            "\ufffe\uffff",
            "\ud800",
            "\udc00a",
            "",
            " ",
            " a ",
            "a ",
            "a\r\nb",
            "\n",
            "\\",
            "\\u0041",
            "%YAML 2.0",
            "---",
            "...",
            "<<",
            "=",
            "?",
            "? a",
            ":",
            "-",
            "-1",
            "+1",
            ".5",
            "1_000",
            "0o17",
            "1:30",
            "1e400",
            ".nan",
            "-.INF",
            "NULL",
            "Null",
            "TRUE",
            "y",
            "a, b",
            "a} ]",
            "!!str a",
            "\t",
            "a\u00a0b",
            "object#0",
            "\u0085\u2028\ufeff",
            "%a",
            "@a",
            "`a`",
            "|",
            ">",
        )
}
