package dev.sparring.dsl.text

/** What is to be said about single names of a vocabulary, as plain text. */
internal class WordEntries(private val vocabulary: Vocabulary) {
    /** @throws IllegalArgumentException if there is no such name */
    fun about(name: String): String {
        val entries = alternatives(name) + sections(name) + families(name) + enums(name)
        return (entries + holders(name))
            .ifEmpty { throw IllegalArgumentException(unknown(name)) }
            .joinToString("\n")
    }

    private fun alternatives(name: String) =
        vocabulary.families.mapNotNull { family ->
            family.alternatives[name]?.let { record("$name: ${family.one}", it) }
        }

    private fun sections(name: String) =
        vocabulary.sections
            .filter { name in names(it, it.noun) }
            .map { record("$name: a section", it) }

    private fun families(name: String) =
        vocabulary.families
            .filter { name in names(it, it.noun) }
            .map { family ->
                val words =
                    family.alternatives.map { (word, form) -> word to meaning(form.type).sentence }
                entry("$name: ${family.one}, one of", meaning(family.type), words)
            }

    private fun enums(name: String) =
        vocabulary.enums.flatMap { enum ->
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
                .filter { it.setting(name)?.form is ScalarForm }
                .map { form ->
                    val setting = SettingText.of(form).single { it.name == name }
                    label(form) to "$setting: ${setting.meaning.orEmpty()}"
                }
        return if (settings.isEmpty()) emptyList()
        else listOf(entry("$name: a setting of", null, settings))
    }

    private fun records() =
        vocabulary.sections + vocabulary.families.flatMap { it.alternatives.values }.distinct()

    private fun label(form: RecordForm) = form.word ?: vocabulary.keys(form).first()

    private fun names(form: Form, noun: String) = vocabulary.keys(form) + noun

    private fun unknown(name: String): String {
        val all =
            vocabulary.families.flatMap { it.alternatives.keys + names(it, it.noun) } +
                vocabulary.sections.flatMap { names(it, it.noun) } +
                vocabulary.enums.flatMap { it.words.keys + names(it, it.noun) } +
                records().flatMap { form -> form.settings.map { it.name } }
        return "a recipe has no word '$name'${didYouMean(name, all.distinct())}".removeSuffix(";")
    }

    private fun record(title: String, form: RecordForm): String =
        entry(title, meaning(form.type), SettingText.of(form).map { "$it" to it.meaning })

    /** A title, paragraphs, and names with what they mean below each. */
    private fun entry(
        title: String,
        meaning: Meaning?,
        items: List<Pair<String, String?>>,
    ): String = buildString {
        append(title).append('\n')
        meaning?.paragraphs?.forEach { append(wrapped(it, "  ")).append('\n') }
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
