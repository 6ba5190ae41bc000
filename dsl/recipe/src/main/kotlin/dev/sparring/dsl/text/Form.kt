package dev.sparring.dsl.text

import java.lang.reflect.ParameterizedType
import java.lang.reflect.Type
import java.lang.reflect.WildcardType
import java.util.concurrent.ConcurrentHashMap

/**
 * What a setting may look like in text, read off the model's Java types. Reader, writer, schema and
 * overrides all follow these forms, so that a new record needs no line in any of them.
 */
internal sealed interface Form {
    companion object {
        private val known = ConcurrentHashMap<Type, Form>()

        /** The form of a type of the model: record, sealed interface, enum, list or scalar. */
        fun of(type: Type): Form = known[type] ?: create(type).also { known[type] = it }

        /** The form of a record type. */
        fun of(record: Class<out Record>): RecordForm = of(record as Type) as RecordForm

        private fun create(type: Type): Form =
            when {
                type is WildcardType -> of(type.upperBounds.single())
                type is ParameterizedType && type.rawType == List::class.java ->
                    ListForm(of(type.actualTypeArguments.single()))
                type is Class<*> && type.isRecord -> RecordForm(type.asSubclass(Record::class.java))
                type is Class<*> && type.isEnum -> EnumForm(type.asSubclass(Enum::class.java))
                type is Class<*> && type.isSealed -> ChoiceForm(type)
                else -> ScalarForm.of(type)
            }
    }
}

/** A single value. */
internal enum class ScalarForm(val expected: String, private vararg val types: Class<*>) : Form {
    INT("a whole number", Int::class.java, Int::class.javaObjectType),
    LONG("a whole number", Long::class.java, Long::class.javaObjectType),
    NUMBER("a number", Double::class.java, Double::class.javaObjectType),
    TRUTH("true or false", Boolean::class.java, Boolean::class.javaObjectType),
    TEXT("text", String::class.java);

    companion object {
        fun of(type: Type): ScalarForm =
            requireNotNull(entries.find { type in it.types }) {
                "no text form for ${type.typeName}: not a record, sealed interface, enum, list or scalar"
            }
    }
}

/** One of some words: FLOAT32 is written float32, TWO_WORDS twoWords. */
internal class EnumForm(val type: Class<out Enum<*>>) : Form {
    /** What one of them is called in messages. */
    val noun: String = words(type.simpleName)

    /** Constants by their words, in order of declaration. */
    val words: Map<String, Enum<*>> = type.enumConstants.associateBy { word(it) }

    fun word(constant: Enum<*>): String = Companion.word(constant)

    companion object {
        fun word(constant: Enum<*>): String =
            constant.name.lowercase().split('_').reduce { word, next ->
                word + next.replaceFirstChar(Char::uppercase)
            }
    }
}

/** A list. */
internal class ListForm(val element: Form) : Form

/** One of the records under a sealed interface, told apart by the word behind `type`. */
internal class ChoiceForm(val type: Class<*>) : Form {
    /** What one alternative is called in messages: "weight norm" for WeightNorm. */
    val noun: String = words(type.simpleName)

    /** One of them: "a layer", "an optimizer", but "data". */
    val one: String =
        when {
            noun == "data" -> noun
            noun.first() in "aeiou" -> "an $noun"
            else -> "a $noun"
        }

    /** The alternatives by word, in the order of the permits clauses. */
    val alternatives: Map<String, RecordForm> by lazy {
        leaves(type).map { Form.of(it) }.filter { it.word != null }.associateBy { it.word!! }
    }

    fun of(value: Any): RecordForm =
        Form.of(value.javaClass.asSubclass(Record::class.java)).also {
            require(it.word != null) { "$value has no word, so it cannot be written as text" }
        }

    private fun leaves(type: Class<*>): List<Class<out Record>> =
        type.permittedSubclasses
            .flatMap { if (it.isSealed) leaves(it) else listOf(it) }
            .filter { it.isRecord }
            .map { it.asSubclass(Record::class.java) }
            .distinct()
}

/** "WeightNorm" as "weight norm". */
internal fun words(typeName: String): String =
    typeName.replace(Regex("(?<=.)(?=\\p{Lu})"), " ").lowercase()
