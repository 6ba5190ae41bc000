package dev.sparring.ui.metrics

import dev.sparring.run.RunException
import dev.sparring.ui.ListedRun
import java.util.concurrent.ConcurrentHashMap
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put

/**
 * What one page has been told of some curves, and what is new; several threads may ask for
 * different runs.
 *
 * @param most buckets of a curve that are told
 */
internal class CurveWatch(
    private val store: CurveStore,
    private val figures: List<String>,
    private val most: Int,
) {
    private class Told(val generation: Int, val span: Int, val size: Int, val values: Long)

    private val told = ConcurrentHashMap<Pair<String, String>, Told>()
    private val failed = ConcurrentHashMap<String, String>()
    private val stamps = ConcurrentHashMap<String, Any>()

    /** A first look at the curves of a long run, before [news] reads all of it. */
    fun look(run: ListedRun): List<Message> =
        try {
            FirstLook.at(run.directory, figures).map { (figure, buckets) ->
                Message("look", CurveJson.of(run.id, figure, 0, LOOK, buckets, 0))
            }
        } catch (_: RunException) {
            // It is said once all of it is read.
            emptyList()
        }

    /** Messages about a run, JSON each; the first time, its curves as far as they go. */
    fun news(run: ListedRun): List<Message> {
        val stamp = MetricsFile.stamp(run.directory)
        // So that what the store has forgotten of a run that is over is not read again and again.
        if (stamp != null && stamps[run.id] == stamp) return emptyList()
        return try {
            val news =
                store.read(run, figures) { file, found ->
                    found.mapNotNull { (figure, buckets) -> news(run, file, figure, buckets) }
                }
            failed.remove(run.id)
            if (stamp != null) stamps[run.id] = stamp
            news
        } catch (e: RunException) {
            failure(run, e.message.orEmpty())
        }
    }

    /** Each problem once. */
    private fun failure(run: ListedRun, problem: String): List<Message> {
        if (failed.put(run.id, problem) == problem) return emptyList()
        val json = buildJsonObject {
            put("run", run.id)
            put("problem", problem)
        }
        return listOf(Message("problem", "$json"))
    }

    private fun news(
        run: ListedRun,
        file: MetricsFile,
        figure: String,
        buckets: Buckets,
    ): Message? {
        val factor = buckets.factor(most)
        val before = told[run.id to figure]
        val span = buckets.span * factor
        val isKnown = before != null && before.generation == file.generation && before.span == span
        val values = file.rows
        if (isKnown && before.values == values) return null
        // The last bucket that was told may have grown.
        val from = if (isKnown) maxOf(0, before.size - 1) else 0
        val news = buckets.coarse(factor, from)
        told[run.id to figure] = Told(file.generation, span, from + news.size, values)
        return Message("curve", CurveJson.of(run.id, figure, from, span, news, buckets.notFinite))
    }

    /** An event and its data. */
    internal class Message(val event: String, val data: String)

    private companion object {
        /** How many values a bucket of a first look holds: not known, and more than one. */
        const val LOOK = 2
    }
}
