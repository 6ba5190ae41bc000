package dev.sparring.dsl.text

/** Everything that a recipe's text may consist of, in the order in which a recipe comes to it. */
internal class Vocabulary(root: RecordForm) {
    private val found = linkedMapOf<Form, LinkedHashSet<String>>()

    init {
        visit(root, root.noun)
    }

    /** Records that are no alternatives: a recipe's sections. */
    val sections: List<RecordForm> =
        found.keys.filterIsInstance<RecordForm>().filter { it.word == null }

    /** Choices between words. */
    val families: List<ChoiceForm> = found.keys.filterIsInstance<ChoiceForm>()

    /** Choices between words without settings. */
    val enums: List<EnumForm> = found.keys.filterIsInstance<EnumForm>()

    /** The settings that hold it. */
    fun keys(form: Form): Set<String> = found[form].orEmpty()

    private fun visit(form: Form, key: String) {
        val isNew = form !in found
        if (form !is ScalarForm && form !is ListForm) {
            found.getOrPut(form, ::linkedSetOf).add(key)
        }
        when (form) {
            is ScalarForm,
            is EnumForm -> {}
            is ListForm -> visit(form.element, key)
            is RecordForm -> if (isNew) form.settings.forEach { visit(it.form, it.name) }
            is ChoiceForm ->
                if (isNew) form.alternatives.values.forEach { visit(it, it.word.orEmpty()) }
        }
    }
}
