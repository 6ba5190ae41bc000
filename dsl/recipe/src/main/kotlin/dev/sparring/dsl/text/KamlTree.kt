package dev.sparring.dsl.text

import com.charleskorn.kaml.YamlList
import com.charleskorn.kaml.YamlMap
import com.charleskorn.kaml.YamlNode
import com.charleskorn.kaml.YamlNull
import com.charleskorn.kaml.YamlScalar
import com.charleskorn.kaml.YamlTaggedNode
import dev.sparring.dsl.RecipeSyntaxException

/** A tree that kaml has parsed as a part of other data; it does not say what stood in quotes. */
internal fun YamlNode.toNode(level: Int = 1): Node {
    val place = Place("", location.line, location.column.coerceAtLeast(1))
    checkDepth(level - 1, place)
    return when (this) {
        is YamlMap ->
            Fields(
                entries.entries.associate { (key, value) ->
                    key.content to value.toNode(level + 1)
                },
                place,
                entries.keys.associate {
                    it.content to Place("", it.location.line, it.location.column)
                },
            )
        is YamlList -> Items(items.map { it.toNode(level + 1) }, place)
        is YamlScalar -> Leaf(content, false, place)
        is YamlNull -> Absent(place)
        is YamlTaggedNode ->
            throw RecipeSyntaxException(
                listOf(problem(place, "", "a tag ($tag); recipes name a type by '$TYPE: ...'"))
            )
    }
}
