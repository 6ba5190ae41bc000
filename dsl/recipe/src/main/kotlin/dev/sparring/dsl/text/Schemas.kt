package dev.sparring.dsl.text

import dev.sparring.vocabulary.Vocabulary
import java.lang.reflect.ParameterizedType
import java.lang.reflect.Type
import java.lang.reflect.WildcardType
import java.util.concurrent.ConcurrentHashMap

/** The schemas of the model's types; which words an interface has, the vocabulary says. */
internal class Schemas(val vocabulary: Vocabulary) {
    private val known = ConcurrentHashMap<Type, Schema>()

    init {
        // A word that cannot be written is found now, not during training.
        for (word in vocabulary.usersWords()) {
            for (setting in of(word).settings) {
                try {
                    setting.schema
                } catch (e: IllegalArgumentException) {
                    val place = "the word ${of(word).word}, setting ${setting.name}"
                    throw IllegalArgumentException("$place: ${e.message}", e)
                }
            }
        }
    }

    /** The schema of a type of the model: record, interface with words, enum, list or scalar. */
    fun of(type: Type): Schema = known[type] ?: create(type).also { known[type] = it }

    /** The schema of a record type. */
    fun of(record: Class<out Record>): RecordSchema = of(record as Type) as RecordSchema

    private fun create(type: Type): Schema =
        when {
            type is WildcardType -> of(type.upperBounds.single())
            type is ParameterizedType && type.rawType == List::class.java ->
                ListSchema(of(type.actualTypeArguments.single()))
            type is Class<*> && type.isRecord ->
                RecordSchema(type.asSubclass(Record::class.java), this)
            type is Class<*> && type.isEnum -> EnumSchema(type.asSubclass(Enum::class.java))
            type is Class<*> && vocabulary.words(type).isNotEmpty() && type.isInterface ->
                ChoiceSchema(type, this)
            else -> ScalarSchema.of(type)
        }
}
