package dev.sparring.dsl.text

import dev.sparring.setting.Affects
import dev.sparring.setting.Defaults
import dev.sparring.setting.NullIs
import dev.sparring.setting.Word
import java.lang.reflect.InvocationTargetException
import java.lang.reflect.Method
import java.lang.reflect.RecordComponent
import org.jspecify.annotations.Nullable

/** The key that names an alternative. */
internal const val TYPE = "type"

/** A record: named settings, some of which have defaults. */
internal class RecordSchema(val type: Class<out Record>, private val schemas: Schemas) : Schema {
    /** The word that names it among its alternatives; null for a record that is no alternative. */
    val word: String? = type.getAnnotation(Word::class.java)?.value

    /** Its name in messages. */
    val noun: String = word ?: words(type.simpleName)

    /** The settings in the order of the components. */
    val settings: List<Setting> = type.recordComponents.map { Setting(it, schemas) }

    private val factory: Method? =
        type.declaredMethods
            .singleOrNull { it.isAnnotationPresent(Defaults::class.java) }
            ?.apply { isAccessible = true }

    /** The name of Java's factory with the defaults; null if there is none. */
    val factoryName: String? = factory?.name

    private val requiredNames: List<String> =
        factory?.parameters?.map { it.name } ?: settings.filterNot { it.nullable }.map { it.name }

    private val constructor =
        type.getDeclaredConstructor(*type.recordComponents.map { it.type }.toTypedArray()).apply {
            isAccessible = true
        }

    /** The settings that a recipe has to give. */
    val required: List<Setting> =
        requiredNames.map { name ->
            requireNotNull(setting(name)) {
                "$factory: no component is called $name: parameters are called as components, and compiled with -parameters"
            }
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
     * A record with every default. Defaults do not depend on required settings, which get plain
     * values here; null if the record refuses those.
     */
    fun example(): Record? =
        try {
            make(required.associate { it.name to plain(it.schema) })
        } catch (_: IllegalArgumentException) {
            null
        }

    private fun plain(schema: Schema): Any =
        when (schema) {
            ScalarSchema.INT -> 8
            ScalarSchema.LONG -> 8L
            ScalarSchema.NUMBER -> 1.0
            ScalarSchema.TRUTH -> true
            ScalarSchema.TEXT -> "text"
            is EnumSchema -> schema.words.values.first()
            is ListSchema -> emptyList<Any>()
            is RecordSchema ->
                schema.make(schema.required.associate { it.name to plain(it.schema) })
            is ChoiceSchema -> plain(schema.alternatives.values.first { it.required.isEmpty() })
        }

    private fun called(call: () -> Any): Any =
        try {
            call()
        } catch (e: InvocationTargetException) {
            throw e.targetException
        }
}

/** One component of a record. */
internal class Setting(private val component: RecordComponent, schemas: Schemas) {
    val name: String = component.name
    val nullable: Boolean = component.annotatedType.isAnnotationPresent(Nullable::class.java)

    /** The word that stands for null; null where there is none. */
    val nullWord: String? = component.getAnnotation(NullIs::class.java)?.value

    /** What the component says it affects, or the method of an interface that it implements. */
    val aspect: Affects.Aspect? =
        (component.getAnnotation(Affects::class.java)
                ?: interfaces(component.declaringRecord).firstNotNullOfOrNull { type ->
                    type.declaredMethods
                        .find { it.name == component.name && it.parameterCount == 0 }
                        ?.getAnnotation(Affects::class.java)
                })
            ?.value

    /** Lazy, for records that contain their own type. */
    val schema: Schema by lazy { schemas.of(component.genericType) }

    private val accessor = component.accessor.apply { isAccessible = true }

    fun of(record: Any): Any? = accessor(record)

    private companion object {
        fun interfaces(type: Class<*>): List<Class<*>> =
            type.interfaces.flatMap { listOf(it) + interfaces(it) }
    }
}
