package dev.sparring.dsl.text

import com.charleskorn.kaml.YamlInput
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.InternalSerializationApi
import kotlinx.serialization.KSerializer
import kotlinx.serialization.SerializationException
import kotlinx.serialization.builtins.ListSerializer
import kotlinx.serialization.builtins.serializer
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.descriptors.SerialKind
import kotlinx.serialization.descriptors.buildClassSerialDescriptor
import kotlinx.serialization.descriptors.buildSerialDescriptor
import kotlinx.serialization.encoding.Decoder
import kotlinx.serialization.encoding.Encoder
import kotlinx.serialization.encoding.encodeStructure
import kotlinx.serialization.json.JsonDecoder

/** How much is written. */
internal enum class Detail {
    /**
     * Only settings that differ from their default; an alternative without any is written as its
     * bare word.
     */
    SHORT,
    /** Every setting that is not null. */
    FULL,
}

/**
 * Writes the model's objects through any kotlinx.serialization encoder, by their [schema]. It reads
 * from those decoders that give their tree, JSON's and kaml's, because only a tree can say all that
 * is wrong with it.
 */
@OptIn(InternalSerializationApi::class)
internal class SchemaSerializer(
    private val schema: Schema,
    private val detail: Detail,
    private val standIn: StandIn = StandIn.NONE,
) : KSerializer<Any> {
    override val descriptor: SerialDescriptor =
        if (schema is RecordSchema) Written(schema, detail, standIn).descriptor
        // The form of a choice depends on the value, which is what contextual means.
        else
            buildSerialDescriptor(
                "dev.sparring.${schema.javaClass.simpleName}",
                SerialKind.CONTEXTUAL,
            )

    override fun serialize(encoder: Encoder, value: Any) {
        when (schema) {
            is ScalarSchema -> scalar(encoder, value)
            is EnumSchema -> encoder.encodeString(schema.word(value as Enum<*>))
            is ListSchema ->
                encoder.encodeSerializableValue(
                    ListSerializer(SchemaSerializer(schema.element, detail, standIn)),
                    (value as List<*>).requireNoNulls(),
                )
            is RecordSchema -> Written(schema, detail, standIn).write(encoder, value as Record)
            is ChoiceSchema -> {
                val word = schema.of(value)
                if (word == null) encoder.encodeString(standIn.text(value))
                else Written(word, detail, standIn).write(encoder, value as Record)
            }
        }
    }

    override fun deserialize(decoder: Decoder): Any =
        when (decoder) {
            is JsonDecoder -> NodeReader.read(decoder.decodeJsonElement().toNode(), schema)
            is YamlInput -> NodeReader.read(decoder.node.toNode(), schema)
            else ->
                throw SerializationException("a recipe is read from JSON or YAML, not by $decoder")
        }

    private fun scalar(encoder: Encoder, value: Any) {
        when (value) {
            is Int -> encoder.encodeInt(value)
            is Long -> encoder.encodeLong(value)
            is Double -> encoder.encodeDouble(value)
            is Boolean -> encoder.encodeBoolean(value)
            else -> encoder.encodeString(value as String)
        }
    }
}

/** A record's text. */
@OptIn(ExperimentalSerializationApi::class, InternalSerializationApi::class)
private class Written(
    private val schema: RecordSchema,
    private val detail: Detail,
    private val standIn: StandIn,
) {
    val descriptor: SerialDescriptor =
        buildClassSerialDescriptor(schema.type.name) {
            if (schema.word != null) element(TYPE, String.serializer().descriptor)
            for (setting in schema.settings) {
                // Contextual again: the full descriptor of a layer that holds layers would be
                // infinite.
                element(
                    setting.name,
                    buildSerialDescriptor(
                        "${schema.type.name}.${setting.name}",
                        SerialKind.CONTEXTUAL,
                    ),
                    isOptional = setting !in schema.required,
                )
            }
        }

    fun write(encoder: Encoder, record: Record) {
        val shown = shown(record)
        val word = schema.word
        if (detail == Detail.SHORT && word != null && shown.isEmpty()) {
            encoder.encodeString(word)
            return
        }
        encoder.encodeStructure(descriptor) {
            if (word != null) encodeStringElement(descriptor, 0, word)
            for ((setting, value) in shown) {
                val index = descriptor.getElementIndex(setting.name)
                val serializer = SchemaSerializer(setting.schema, detail, standIn)
                if (value != null) encodeSerializableElement(descriptor, index, serializer, value)
                else if (setting.nullWord != null)
                    encodeStringElement(descriptor, index, setting.nullWord)
                else encodeNullableSerializableElement(descriptor, index, serializer, null)
            }
        }
    }

    private fun shown(record: Record): List<Pair<Setting, Any?>> {
        val defaults = schema.defaultsFor(record)
        return schema.settings
            .map { it to it.of(record) }
            .filterNot { (setting, value) ->
                setting !in schema.required &&
                    value == setting.of(defaults) &&
                    (detail == Detail.SHORT || value == null)
            }
    }
}
