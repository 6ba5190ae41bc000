package dev.sparring.dsl

import dev.sparring.dsl.text.ChoiceForm
import dev.sparring.dsl.text.EnumForm
import dev.sparring.dsl.text.Form
import dev.sparring.dsl.text.Meaning
import dev.sparring.dsl.text.RecordForm
import dev.sparring.dsl.text.SettingText
import dev.sparring.dsl.text.Vocabulary
import dev.sparring.dsl.text.WordEntries
import dev.sparring.dsl.text.meaning
import dev.sparring.recipe.Recipe

/**
 * What a recipe may say and what it means: every section, every word and every setting. The
 * sentences are the Javadoc of the model.
 */
public object RecipeWords {
    private const val HEAD =
        """# Words of a recipe

This page is what `sparring words` prints: all of it is read off the model and its Javadoc. `sparring
words conv` says more about one word, and `sparring schema` tells it to editors.

`kernel: integer = 3` is a setting that is 3 if a recipe leaves it out, `filters: integer` one that a
recipe has to give, `init?: initializer` one that may be left open, and what happens then is said by
`sparring words`. A word whose settings may all be left out can stand alone: `relu` is
`{ type: relu }`.
"""

    private val vocabulary by lazy { Vocabulary(Form.of(Recipe::class.java)) }

    /** All of it as a page of Markdown. */
    @JvmStatic
    public fun page(): String = buildString {
        append(HEAD)
        append("\n## Sections\n")
        vocabulary.sections.forEach { section(it) }
        append("\n## Words\n")
        vocabulary.families.forEach { family(it) }
        append("\n## Words without settings\n")
        vocabulary.enums.forEach { enum(it) }
    }

    /**
     * What a word, a section, a kind of words or a setting means, as plain text; all of it if a
     * name is several.
     *
     * @throws IllegalArgumentException if a recipe knows no such name
     */
    @JvmStatic public fun about(name: String): String = WordEntries(vocabulary).about(name)

    private fun StringBuilder.section(form: RecordForm) {
        append("\n### ").append(vocabulary.keys(form).joinToString(", ")).append("\n\n")
        append(explained(meaning(form.type))).append("\n\n")
        table("setting", "what it is")
        for (setting in SettingText.of(form)) row("`$setting`", setting.meaning.orEmpty())
    }

    private fun StringBuilder.family(form: ChoiceForm) {
        append("\n### ").append(form.noun).append("\n\n")
        append(explained(meaning(form.type))).append(' ').append(behind(form)).append("\n\n")
        table("word", "settings", "what it does")
        for ((word, alternative) in form.alternatives) {
            val settings = SettingText.of(alternative).joinToString("<br>") { "`$it`" }
            row("`$word`", settings, explained(meaning(alternative.type)))
        }
    }

    private fun StringBuilder.enum(form: EnumForm) {
        append("\n### ").append(form.noun).append("\n\n")
        val meaning = meaning(form.type)
        append(explained(meaning)).append(' ').append(behind(form)).append("\n\n")
        table("word", "what it says")
        for ((word, constant) in form.words) row("`$word`", linked(meaning.constant(constant)))
    }

    private fun behind(form: Form) =
        vocabulary.keys(form).joinToString(", ", "Behind ", ".") { "`$it`" }

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
