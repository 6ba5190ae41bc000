package dev.sparring.dsl.text

import dev.sparring.setting.Defaults
import dev.sparring.setting.Word
import java.lang.reflect.InvocationTargetException
import java.lang.reflect.Method
import java.lang.reflect.RecordComponent
import org.jspecify.annotations.Nullable

/** The key that names an alternative. */
internal const val TYPE = "type"

/** A record: named settings, some of which have defaults. */
internal class RecordForm(val type: Class<out Record>) : Form {
    /** The word that names it among its alternatives; null for a record that is no alternative. */
    val word: String? = type.getAnnotation(Word::class.java)?.value

    /** What it is called in messages. */
    val noun: String = word ?: words(type.simpleName)

    /** The settings in the order of the components. */
    val settings: List<Setting> = type.recordComponents.map { Setting(it) }

    private val factory: Method? =
        type.declaredMethods
            .singleOrNull { it.isAnnotationPresent(Defaults::class.java) }
            ?.apply { isAccessible = true }

    private val requiredNames: List<String> =
        factory?.parameters?.map { it.name } ?: settings.filterNot { it.nullable }.map { it.name }

    private val constructor =
        type.getDeclaredConstructor(*type.recordComponents.map { it.type }.toTypedArray()).apply {
            isAccessible = true
        }

    /** The settings that a recipe has to give. */
    val required: List<Setting> =
        requiredNames.map { name ->
            requireNotNull(setting(name)) { "$factory: no component is called $name" }
        }

    init {
        require(word == null || setting(TYPE) == null) { "$type: '$TYPE' names the alternative" }
    }

    fun setting(name: String): Setting? = settings.find { it.name == name }

    /**
     * The record with these settings, all others at their defaults.
     *
     * @throws IllegalArgumentException if the record refuses them
     */
    fun make(values: Map<String, Any?>): Record {
        val defaults =
            factory?.let { called { it(null, *requiredNames.map(values::get).toTypedArray()) } }
        val arguments =
            settings.map { if (it.name in values) values[it.name] else defaults?.let(it::of) }
        return called { constructor.newInstance(*arguments.toTypedArray()) } as Record
    }

    /** The record that has the same required settings as the given one and every default. */
    fun defaultsFor(record: Record): Record = make(required.associate { it.name to it.of(record) })

    /**
     * A record with every default, which do not hang on what is required; null where it refuses the
     * plain values that required settings get here.
     */
    fun example(): Record? =
        try {
            make(required.associate { it.name to plain(it.form) })
        } catch (_: IllegalArgumentException) {
            null
        }

    private fun plain(form: Form): Any =
        when (form) {
            ScalarForm.INT -> 8
            ScalarForm.LONG -> 8L
            ScalarForm.NUMBER -> 1.0
            ScalarForm.TRUTH -> true
            ScalarForm.TEXT -> "text"
            is EnumForm -> form.words.values.first()
            is ListForm -> emptyList<Any>()
            is RecordForm -> form.make(form.required.associate { it.name to plain(it.form) })
            is ChoiceForm -> plain(form.alternatives.values.first { it.required.isEmpty() })
        }

    private fun called(call: () -> Any): Any =
        try {
            call()
        } catch (e: InvocationTargetException) {
            throw e.targetException
        }
}

/** One component of a record. */
internal class Setting(private val component: RecordComponent) {
    val name: String = component.name
    val nullable: Boolean = component.annotatedType.isAnnotationPresent(Nullable::class.java)

    /** Worked out late, for records that hold their own kind. */
    val form: Form by lazy { Form.of(component.genericType) }

    private val accessor = component.accessor.apply { isAccessible = true }

    fun of(record: Any): Any? = accessor(record)
}
