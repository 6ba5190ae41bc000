package dev.sparring.dsl.text

import dev.sparring.dsl.RecipeSyntaxException
import dev.sparring.setting.Shown
import it.krzeminski.snakeyaml.engine.kmp.common.Anchor
import it.krzeminski.snakeyaml.engine.kmp.common.ScalarStyle
import it.krzeminski.snakeyaml.engine.kmp.events.AliasEvent
import it.krzeminski.snakeyaml.engine.kmp.events.CollectionStartEvent
import it.krzeminski.snakeyaml.engine.kmp.events.Event
import it.krzeminski.snakeyaml.engine.kmp.events.MappingEndEvent
import it.krzeminski.snakeyaml.engine.kmp.events.MappingStartEvent
import it.krzeminski.snakeyaml.engine.kmp.events.NodeEvent
import it.krzeminski.snakeyaml.engine.kmp.events.ScalarEvent
import it.krzeminski.snakeyaml.engine.kmp.events.SequenceEndEvent
import it.krzeminski.snakeyaml.engine.kmp.events.StreamEndEvent
import it.krzeminski.snakeyaml.engine.kmp.exceptions.Mark

/** The parser's events, one by one, and how far it came. */
internal class Events(private val source: String, private val events: Iterator<Event>) {
    /** Where the latest event ends. */
    var last: Place = Place(source, 1, 1)
        private set

    fun next(): Event = events.next().also { event -> event.endMark?.let { last = place(it) } }

    fun place(mark: Mark): Place = Place(source, mark.line + 1, mark.column + 1)

    fun place(event: Event): Place = event.startMark?.let(::place) ?: last
}

/**
 * Makes a tree of a parser's events while it parses, so that a text that is nested too deeply, or
 * whose aliases stand for too much, is refused where that begins. (kaml composes the whole first.)
 */
internal class YamlComposer(private val events: Events) {
    /** What anchors stand for; null for one that is not closed. */
    private val anchors = mutableMapOf<Anchor, Part?>()
    private var aliased = 0L

    /** A node, how many there are in it with itself, and how many levels of them. */
    private class Part(val node: Node, val size: Long, val levels: Int)

    /** The only document; null if there is none. */
    fun document(): Node? {
        events.next() // The stream begins.
        if (events.next() is StreamEndEvent) return null
        val root = part(events.next(), 1).node
        events.next() // The document ends.
        val after = events.next()
        if (after !is StreamEndEvent)
            throw wrong(after, "a second document ('---'); a file holds one")
        return root
    }

    /** @param level that of the node if it is a list or settings */
    private fun part(event: Event, level: Int): Part {
        if (event is AliasEvent) return alias(event, level)
        val anchor = (event as NodeEvent).anchor
        anchor?.let { anchors[it] = null }
        val part =
            when (event) {
                is ScalarEvent -> Part(scalar(event), 1, 0)
                is MappingStartEvent -> fields(event, level)
                else -> items(event as CollectionStartEvent, level)
            }
        anchor?.let { anchors[it] = part }
        return part
    }

    private fun scalar(event: ScalarEvent): Node {
        refuseTag(event, event.tag)
        val place = events.place(event)
        val isPlain = event.scalarStyle == ScalarStyle.PLAIN
        return if (isPlain && event.value in NOTHING) Absent(place)
        else Leaf(event.value, !isPlain, place)
    }

    private fun items(start: CollectionStartEvent, level: Int): Part {
        val place = begin(start, level)
        val parts = mutableListOf<Part>()
        while (true) {
            val event = events.next()
            if (event is SequenceEndEvent) break
            parts += part(event, level + 1)
        }
        return whole(Items(parts.map { it.node }, place), parts)
    }

    private fun fields(start: CollectionStartEvent, level: Int): Part {
        val place = begin(start, level)
        val parts = mutableListOf<Part>()
        val entries = LinkedHashMap<String, Node>()
        val places = mutableMapOf<String, Place>()
        while (true) {
            val event = events.next()
            if (event is MappingEndEvent) break
            val key = key(event)
            places.put(key, events.place(event))?.let {
                val before = "It was previously given at line ${it.line}, column ${it.column}"
                throw wrong(event, "duplicate key ${Shown.quoted(key)}. $before")
            }
            val value = part(events.next(), level + 1)
            parts += value
            entries[key] = value.node
        }
        entries.remove(MERGE)?.let { merge(it, entries, places) }
        return whole(Fields(entries, place, places), parts)
    }

    private fun begin(start: CollectionStartEvent, level: Int): Place {
        refuseTag(start, start.tag)
        return events.place(start).also { checkDepth(level, it) }
    }

    private fun whole(node: Node, parts: List<Part>) =
        Part(node, 1 + parts.sumOf { it.size }, 1 + (parts.maxOfOrNull { it.levels } ?: 0))

    private fun key(event: Event): String {
        if (event !is ScalarEvent || event.tag != null || scalar(event) is Absent) {
            throw wrong(event, "expected a key, which is a word or text in quotation marks")
        }
        return event.value
    }

    /** Adds what is not there yet; of several sources, the first has it. */
    private fun merge(
        from: Node,
        entries: MutableMap<String, Node>,
        places: MutableMap<String, Place>,
    ) {
        for (source in if (from is Items) from.items else listOf(from)) {
            if (source !is Fields) {
                val text = "expected settings to merge, got ${source.described()}"
                throw RecipeSyntaxException(listOf(problem(source.place, MERGE, text)))
            }
            for ((key, value) in source.entries) {
                if (entries.putIfAbsent(key, value) == null) {
                    source.key(key)?.let { places[key] = it }
                }
            }
        }
    }

    private fun alias(event: AliasEvent, level: Int): Part {
        val name = Shown.value("*${event.alias.value}")
        if (event.alias !in anchors) {
            throw wrong(event, "the alias $name has no anchor &... before it")
        }
        val part =
            anchors[event.alias] ?: throw wrong(event, "the alias $name stands in its anchor")
        aliased += part.size
        if (aliased > MOST_ALIASED) {
            throw wrong(event, "aliases stand for more than %,d values".format(MOST_ALIASED))
        }
        checkDepth(level - 1 + part.levels, events.place(event))
        return part
    }

    private fun refuseTag(event: Event, tag: String?) {
        if (tag == null) return
        throw wrong(event, "a tag (${Shown.value(tag)}); recipes name a type by '$TYPE: ...'")
    }

    private fun wrong(event: Event, text: String) =
        RecipeSyntaxException(listOf(problem(events.place(event), "", text)))

    private companion object {
        const val MERGE = "<<"
        const val MOST_ALIASED = 100_000L
        val NOTHING = setOf("", "~", "null")
    }
}
