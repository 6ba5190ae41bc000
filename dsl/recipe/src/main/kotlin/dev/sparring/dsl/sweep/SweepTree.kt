package dev.sparring.dsl.sweep

import dev.sparring.dsl.CallSite
import dev.sparring.dsl.CallSites
import dev.sparring.dsl.RecipeFormat
import dev.sparring.dsl.text.Absent
import dev.sparring.dsl.text.Detail
import dev.sparring.dsl.text.EnumSchema
import dev.sparring.dsl.text.Fields
import dev.sparring.dsl.text.Items
import dev.sparring.dsl.text.Leaf
import dev.sparring.dsl.text.Node
import dev.sparring.dsl.text.Place
import dev.sparring.dsl.text.StandIn
import dev.sparring.dsl.text.at
import dev.sparring.dsl.text.jsonTree
import dev.sparring.dsl.text.toNode
import dev.sparring.dsl.text.under

/** The tree that the text of a sweep would have, with the places of a program's calls. */
internal class SweepTree(
    private val definition: SweepDefinition,
    private val source: String,
    private val format: RecipeFormat,
    private val column: (CallSite) -> Int?,
) {
    fun root(): Fields {
        val entries = LinkedHashMap<String, Node>()
        val whole = place(definition.calls[""])
        definition.name?.let { entries[NAME] = Leaf(it, true, whole) }
        // A place for what is wrong with the recipe; the recipe itself is an object already.
        if (definition.recipe != null) entries[RECIPE] = Absent(place(definition.calls[RECIPE]))
        if (definition.axes.isNotEmpty()) entries[AXES] = axes()
        for ((key, value) in definition.settings) {
            entries[key] = node(value, key, place(definition.calls[key]))
        }
        return Fields(entries, whole, entries.keys.associateWith { place(definition.calls[it]) })
    }

    private fun axes(): Fields {
        val paths = definition.axes.map { it.path }
        definition.axes
            .find { axis -> paths.count { it == axis.path } > 1 }
            ?.let { throw wrong(place(it.call), under(AXES, it.path), "is there twice") }
        return Fields(
            definition.axes.associate { it.path to axis(it) },
            place(definition.axes[0].call),
            definition.axes.associate { it.path to place(it.call) },
        )
    }

    private fun axis(axis: DefinedAxis): Node {
        val place = place(axis.call)
        val at = under(AXES, axis.path)
        val values = axis.values.map { node(it, at, place) }
        val labels = axis.labels ?: return Items(values, place)
        labels
            .find { label -> labels.count { it == label } > 1 }
            ?.let { throw wrong(place, at, "two values have the label '$it'") }
        return Fields(labels.zip(values).toMap(), place)
    }

    private fun place(call: CallSites.Call?): Place {
        val site = call?.let { definition.sites?.site(it) }
        return Place(source, site?.line, site?.let(column))
    }

    private fun node(value: Any?, path: String, place: Place): Node =
        when (value) {
            null -> Absent(place)
            is Boolean,
            is Number,
            is String -> Leaf("$value", false, place)
            is Enum<*> -> Leaf(EnumSchema.word(value), false, place)
            is Iterable<*> -> Items(value.map { node(it, path, place) }, place)
            is Map<*, *> ->
                Fields(
                    value.entries.associate { "${it.key}" to node(it.value, path, place) },
                    place,
                )
            is Record -> record(value, path, place)
            else -> throw noText(value, path, place)
        }

    private fun record(value: Record, path: String, place: Place): Node {
        val isOfModel = value.javaClass.packageName.startsWith("dev.sparring.")
        if (!isOfModel && !format.vocabulary.contains(value.javaClass)) {
            throw noText(value, path, place)
        }
        val schema = format.schemas.of(value.javaClass)
        return at(place, jsonTree(value as Any, schema, Detail.SHORT).toNode())
    }

    private fun noText(value: Any, path: String, place: Place) =
        wrong(
            place,
            path,
            "${StandIn.described(value)} has no text, and the runs of a sweep are trained from text",
        )
}
