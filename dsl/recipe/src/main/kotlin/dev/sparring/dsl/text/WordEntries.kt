package dev.sparring.dsl.text

/** Explains single names that a recipe may use, as plain text. */
internal class WordEntries(private val index: WordIndex) {
    /** @throws IllegalArgumentException if there is no such name */
    fun about(name: String): String {
        val entries = alternatives(name) + sections(name) + families(name) + enums(name)
        return (entries + holders(name))
            .ifEmpty { throw IllegalArgumentException(unknown(name)) }
            .joinToString("\n")
    }

    private fun alternatives(name: String) =
        index.families.mapNotNull { family ->
            family.alternatives[name]?.let { record("$name: ${family.one}", it) }
        }

    private fun sections(name: String) =
        index.sections.filter { name in names(it, it.noun) }.map { record("$name: a section", it) }

    private fun families(name: String) =
        index.families
            .filter { name in names(it, it.noun) }
            .map { family ->
                val words =
                    family.alternatives.map { (word, schema) ->
                        word to meaning(schema.type).sentence
                    }
                entry("$name: ${family.one}, one of", meaning(family.type), words)
            }

    private fun enums(name: String) =
        index.enums.flatMap { enum ->
            val meaning = meaning(enum.type)
            val words = enum.words.map { (word, constant) -> word to meaning.constant(constant) }
            val whole = entry("$name: ${enum.noun}, one of", meaning, words)
            val single = words.filter { it.first == name }
            listOfNotNull(
                whole.takeIf { name in names(enum, enum.noun) },
                single.firstOrNull()?.let { entry("$name: ${enum.noun}", null, single) },
            )
        }

    /** Settings of this name that are plain values: what they are in each record. */
    private fun holders(name: String): List<String> {
        val settings =
            records()
                .filter { it.setting(name)?.schema is ScalarSchema }
                .map { schema ->
                    val setting = SettingText.of(schema).single { it.name == name }
                    label(schema) to "$setting: ${setting.meaning.orEmpty()}"
                }
        return if (settings.isEmpty()) emptyList()
        else listOf(entry("$name: a setting of", null, settings))
    }

    private fun records() =
        index.sections + index.families.flatMap { it.alternatives.values }.distinct()

    private fun label(schema: RecordSchema) = schema.word ?: index.keys(schema).first()

    private fun names(schema: Schema, noun: String) = index.keys(schema) + noun

    private fun unknown(name: String): String {
        val all =
            index.families.flatMap { it.alternatives.keys + names(it, it.noun) } +
                index.sections.flatMap { names(it, it.noun) } +
                index.enums.flatMap { it.words.keys + names(it, it.noun) } +
                records().flatMap { schema -> schema.settings.map { it.name } }
        return "a recipe has no word '$name'${didYouMean(name, all.distinct())}".removeSuffix(";")
    }

    private fun record(title: String, schema: RecordSchema): String =
        entry(
            title,
            meaning(schema.type),
            SettingText.of(schema).map { "$it" to it.meaning },
            if (schema.word == null) emptyList() else Spelling(schema).all(),
        )

    /** A title, paragraphs, and names with what they mean below each. */
    private fun entry(
        title: String,
        meaning: Meaning?,
        items: List<Pair<String, String?>>,
        spellings: List<Pair<String, String>> = emptyList(),
    ): String = buildString {
        append(title).append('\n')
        meaning?.paragraphs?.forEach { append(wrapped(it, "  ")).append('\n') }
        val longest = spellings.maxOfOrNull { it.first.length } ?: 0
        for ((language, text) in spellings) {
            append("  ").append(language.padEnd(longest)).append("  ").append(text).append('\n')
        }
        for ((name, text) in items) {
            append("    ").append(name).append('\n')
            text?.let { append(wrapped(it, "        ")) }
        }
    }

    private fun wrapped(text: String, indent: String): String {
        val lines = mutableListOf(StringBuilder(indent))
        for (word in text.split(' ')) {
            val line = lines.last()
            when {
                line.length == indent.length -> line.append(word)
                line.length + 1 + word.length <= WIDTH -> line.append(' ').append(word)
                else -> lines += StringBuilder(indent).append(word)
            }
        }
        return lines.joinToString("") { "$it\n" }
    }

    private companion object {
        const val WIDTH = 100
    }
}
