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
    /** What differs from its default; an alternative that has nothing to say is its bare word. */
    SHORT,
    /** Every setting that is not null. */
    FULL,
}

/**
 * Writes the model's objects through any kotlinx.serialization encoder, by their [form]. It reads
 * from those decoders that give their tree, JSON's and kaml's, because only a tree can say all that
 * is wrong with it.
 */
@OptIn(InternalSerializationApi::class)
internal class FormSerializer(private val form: Form, private val detail: Detail) :
    KSerializer<Any> {
    override val descriptor: SerialDescriptor =
        if (form is RecordForm) Written(form, detail).descriptor
        // What a choice looks like is known with the value; contextual says just that.
        else
            buildSerialDescriptor(
                "dev.sparring.${form.javaClass.simpleName}",
                SerialKind.CONTEXTUAL,
            )

    override fun serialize(encoder: Encoder, value: Any) {
        when (form) {
            is ScalarForm -> scalar(encoder, value)
            is EnumForm -> encoder.encodeString(form.word(value as Enum<*>))
            is ListForm ->
                encoder.encodeSerializableValue(
                    ListSerializer(FormSerializer(form.element, detail)),
                    (value as List<*>).requireNoNulls(),
                )
            is RecordForm -> Written(form, detail).write(encoder, value as Record)
            is ChoiceForm -> Written(form.of(value), detail).write(encoder, value as Record)
        }
    }

    override fun deserialize(decoder: Decoder): Any =
        when (decoder) {
            is JsonDecoder -> NodeReader.read(decoder.decodeJsonElement().toNode(), form)
            is YamlInput -> NodeReader.read(YamlTree.of(decoder.node, ""), form)
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
private class Written(private val form: RecordForm, private val detail: Detail) {
    val descriptor: SerialDescriptor =
        buildClassSerialDescriptor(form.type.name) {
            if (form.word != null) element(TYPE, String.serializer().descriptor)
            for (setting in form.settings) {
                // Contextual again: described in full, a layer that holds layers would have no end.
                element(
                    setting.name,
                    buildSerialDescriptor(
                        "${form.type.name}.${setting.name}",
                        SerialKind.CONTEXTUAL,
                    ),
                    isOptional = setting !in form.required,
                )
            }
        }

    fun write(encoder: Encoder, record: Record) {
        val shown = shown(record)
        val word = form.word
        if (detail == Detail.SHORT && word != null && shown.isEmpty()) {
            encoder.encodeString(word)
            return
        }
        encoder.encodeStructure(descriptor) {
            if (word != null) encodeStringElement(descriptor, 0, word)
            for ((setting, value) in shown) {
                val index = descriptor.getElementIndex(setting.name)
                val serializer = FormSerializer(setting.form, detail)
                if (value != null) encodeSerializableElement(descriptor, index, serializer, value)
                else encodeNullableSerializableElement(descriptor, index, serializer, null)
            }
        }
    }

    private fun shown(record: Record): List<Pair<Setting, Any?>> {
        val defaults = form.defaultsFor(record)
        return form.settings
            .map { it to it.of(record) }
            .filterNot { (setting, value) ->
                setting !in form.required &&
                    value == setting.of(defaults) &&
                    (detail == Detail.SHORT || value == null)
            }
    }
}
