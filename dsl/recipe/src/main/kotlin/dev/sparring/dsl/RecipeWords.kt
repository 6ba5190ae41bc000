package dev.sparring.dsl

import dev.sparring.dsl.text.ChoiceSchema
import dev.sparring.dsl.text.EnumSchema
import dev.sparring.dsl.text.Meaning
import dev.sparring.dsl.text.RecordSchema
import dev.sparring.dsl.text.Schema
import dev.sparring.dsl.text.SettingText
import dev.sparring.dsl.text.WordEntries
import dev.sparring.dsl.text.WordIndex
import dev.sparring.dsl.text.meaning

private const val HEAD =
    """# Words of a recipe

This page is the output of `sparring words`, generated from the model and its Javadoc.
`sparring words conv` explains one word in full, and `sparring schema` gives the same to editors.

`kernel: integer = 3` is a setting with the default 3, `filters: integer` is required, and
`init?: initializer` may be left open; `sparring words` says what that means. A word whose settings
may all be left out can stand alone: `relu` is `{ type: relu }`.

## Three spellings

The same words and settings have three spellings; `sparring words conv` shows those of one word. In
Java a setting is a method of its name, and words are made by a method of theirs.

| | YAML | Kotlin | Java |
|---|---|---|---|
| a word | `loss: hinge` | `loss = hinge` | `.loss(Hinge.hinge())` |
| with settings | `norm: { type: bssn, scale: 1.4 }` | `norm = bssn(scale = 1.4)` | `Bssn.bssn(1.4)` |
| a layer | `- { type: conv, filters: 64, kernel: 4 }` | `conv(64, kernel = 4)` | `Conv.conv(64).kernel(4)` |
| layers in a layer | `- { type: skip, layers: [relu] }` | `skip { relu() }` | `Skip.skip(List.of(Relu.relu()))` |
| a list | `terms: [gradientPenalty]` | `terms = listOf(gradientPenalty)` | `.terms(GradientPenalty.gradientPenalty())` |
| a section | `train: { steps: 2000, seed: 7 }` | `train(steps = 2000, seed = 7)` | `Train.train().steps(2000).seed(7)` |
| optimizers | `optimizer: { generator: adam, discriminator: { type: sgd, lr: 0.1 } }` | `optimizer { generator = adam; discriminator = sgd(0.1) }` | `.optimizers(Adam.adam(), Sgd.sgd(0.1))` |
| a constant | `order: generatorFirst` | `order = UpdateOrder.GENERATOR_FIRST` | `UpdateOrder.GENERATOR_FIRST` |

`optimizer(adam(lr = 1e-4))` in Kotlin is one optimizer for both networks.
"""

/**
 * Everything that a recipe may contain, and its meaning: every section, every word and every
 * setting. The sentences are the Javadoc of the model.
 */
public object RecipeWords {
    /** All of it as a page of Markdown, with the words of a format. */
    @JvmStatic
    @JvmOverloads
    public fun page(format: RecipeFormat = RecipeFormat.onClassPath): String =
        WordsPage(WordIndex(format.recipeSchema)).text()

    /**
     * The meaning of a word, a section, a kind of words or a setting, as plain text; all of them if
     * a name has several.
     *
     * @throws IllegalArgumentException if a recipe knows no such name
     */
    @JvmStatic
    @JvmOverloads
    public fun about(name: String, format: RecipeFormat = RecipeFormat.onClassPath): String =
        WordEntries(WordIndex(format.recipeSchema)).about(name)
}

private class WordsPage(private val index: WordIndex) {
    fun text(): String = buildString {
        append(HEAD)
        append("\n## Sections\n")
        index.sections.forEach { section(it) }
        append("\n## Words\n")
        index.families.forEach { family(it) }
        append("\n## Words without settings\n")
        index.enums.forEach { enum(it) }
    }

    private fun StringBuilder.section(schema: RecordSchema) {
        append("\n### ").append(index.keys(schema).joinToString(", ")).append("\n\n")
        append(explained(meaning(schema.type))).append("\n\n")
        table("setting", "what it is")
        for (setting in SettingText.of(schema)) row("`$setting`", setting.meaning.orEmpty())
    }

    private fun StringBuilder.family(schema: ChoiceSchema) {
        append("\n### ").append(schema.noun).append("\n\n")
        append(explained(meaning(schema.type))).append(' ').append(usedIn(schema)).append("\n\n")
        table("word", "settings", "what it does")
        for ((word, alternative) in schema.alternatives) {
            val settings = SettingText.of(alternative).joinToString("<br>") { "`$it`" }
            row("`$word`", settings, explained(meaning(alternative.type)))
        }
    }

    private fun StringBuilder.enum(schema: EnumSchema) {
        append("\n### ").append(schema.noun).append("\n\n")
        val meaning = meaning(schema.type)
        append(explained(meaning)).append(' ').append(usedIn(schema)).append("\n\n")
        table("word", "what it says")
        for ((word, constant) in schema.words) row("`$word`", linked(meaning.constant(constant)))
    }

    private fun usedIn(schema: Schema) =
        index.keys(schema).joinToString(", ", "Used in ", ".") { "`$it`" }

    private fun StringBuilder.table(vararg columns: String) {
        row(*columns)
        append(columns.joinToString("|", "|", "|\n") { "---" })
    }

    private fun StringBuilder.row(vararg cells: String) {
        append(cells.joinToString(" | ", "| ", " |\n") { it.replace("|", "\\|") })
    }

    /** The first sentence with the papers that come later. */
    private fun explained(meaning: Meaning): String {
        val sentence = meaning.sentence.orEmpty()
        val more = meaning.papers.filter { it !in sentence }
        val papers = if (more.isEmpty()) "" else more.joinToString(", ", " (", ")") { "arXiv:$it" }
        return linked(sentence + papers)
    }

    private fun linked(text: String?): String =
        text.orEmpty().replace(Meaning.ARXIV) {
            "[${it.value}](https://arxiv.org/abs/${it.groupValues[1]})"
        }
}
