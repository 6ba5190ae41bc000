package dev.sparring.dsl.text

import java.lang.reflect.Type

/**
 * What a setting may look like in text, read off the model's Java types by [Schemas]. Reader,
 * writer, JSON Schema and overrides all follow it, so that a new record needs no line in any of
 * them.
 */
internal sealed interface Schema

/** A single value. */
internal enum class ScalarSchema(val expected: String, private vararg val types: Class<*>) :
    Schema {
    INT("a whole number", Int::class.java, Int::class.javaObjectType),
    LONG("a whole number", Long::class.java, Long::class.javaObjectType),
    NUMBER("a number", Double::class.java, Double::class.javaObjectType),
    TRUTH("true or false", Boolean::class.java, Boolean::class.javaObjectType),
    TEXT("text", String::class.java);

    companion object {
        fun of(type: Type): ScalarSchema =
            requireNotNull(entries.find { type in it.types }) {
                "${type.typeName} has no text; a setting is an int, long, double, boolean, String, enum, record, list of these, or a kind of words"
            }
    }
}

/** One of some words: FLOAT32 is written float32, TWO_WORDS twoWords. */
internal class EnumSchema(val type: Class<out Enum<*>>) : Schema {
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
internal class ListSchema(val element: Schema) : Schema

/** One of the words that implement an interface, told apart by the word at `type`. */
internal class ChoiceSchema(val type: Class<*>, private val schemas: Schemas) : Schema {
    /** What one alternative is called in messages: "weight norm" for WeightNorm. */
    val noun: String = words(type.simpleName)

    /** One of them: "a layer", "an optimizer", but "data". */
    val one: String =
        when {
            noun == "data" -> noun
            noun.first() in "aeiou" -> "an $noun"
            else -> "a $noun"
        }

    /** The alternatives by word, in the order of the vocabulary. */
    val alternatives: Map<String, RecordSchema> by lazy {
        schemas.vocabulary.words(type).map { schemas.of(it) }.associateBy { it.word!! }
    }

    /** The schema of one of them; null for an object that is not a word of the vocabulary. */
    fun of(value: Any): RecordSchema? =
        if (schemas.vocabulary.contains(value.javaClass))
            schemas.of(value.javaClass.asSubclass(Record::class.java))
        else null
}

/** "WeightNorm" as "weight norm". */
internal fun words(typeName: String): String =
    typeName.replace(Regex("(?<=.)(?=\\p{Lu})"), " ").lowercase()
