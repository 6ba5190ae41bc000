package dev.sparring.dsl.text

import java.math.BigDecimal
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.JsonUnquotedLiteral

/** A record as a JSON tree, from which both text formats are printed. */
internal fun jsonTree(
    record: Record,
    schema: RecordSchema,
    detail: Detail,
    standIn: StandIn = StandIn.NONE,
): JsonObject =
    tidy(Json.encodeToJsonElement(SchemaSerializer(schema, detail, standIn), record)) as JsonObject

/** A value of the model as a JSON tree. */
internal fun jsonTree(value: Any, schema: Schema, detail: Detail): JsonElement {
    // In a list: kotlinx.serialization has no place for a bare word at the root.
    val list = SchemaSerializer(ListSchema(schema), detail)
    return tidy((Json.encodeToJsonElement(list, listOf(value)) as JsonArray).single())
}

/** The same tree as a reader's, with no places in it. */
internal fun JsonElement.toNode(level: Int = 1): Node {
    checkDepth(level - 1, null)
    return when (this) {
        is JsonObject -> Fields(mapValues { it.value.toNode(level + 1) })
        is JsonArray -> Items(map { it.toNode(level + 1) })
        is JsonNull -> Absent()
        is JsonPrimitive -> Leaf(content, isString)
    }
}

@OptIn(ExperimentalSerializationApi::class)
private fun tidy(element: JsonElement): JsonElement =
    when (element) {
        is JsonObject -> JsonObject(element.mapValues { tidy(it.value) })
        is JsonArray -> JsonArray(element.map { tidy(it) })
        is JsonPrimitive ->
            if (element.isString || 'E' !in element.content) element
            else JsonUnquotedLiteral(number(element.content))
    }

/** A number as recipes are written, without a point where it is whole. */
internal fun numberText(value: Double): String =
    value.toString().let { if ('E' in it) number(it) else it.removeSuffix(".0") }

/**
 * 2.0E-4 as 0.0002 and 1.0E-8 as 1.0e-8. The point stays before an exponent: without it, readers of
 * YAML 1.1 such as PyYAML take the number for text.
 */
private fun number(java: String): String {
    val (digits, exponent) = java.split('E')
    return if (exponent.toInt() in -4..-1) BigDecimal(java).stripTrailingZeros().toPlainString()
    else if (exponent.startsWith("-")) "${digits}e$exponent" else "${digits}e+$exponent"
}
