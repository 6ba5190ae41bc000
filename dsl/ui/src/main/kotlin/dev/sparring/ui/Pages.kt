package dev.sparring.ui

import dev.sparring.file.Reason
import dev.sparring.run.RunException
import dev.sparring.setting.Shown
import dev.sparring.ui.explore.Explorer
import dev.sparring.ui.explore.Wish
import dev.sparring.ui.metrics.CurveJson
import dev.sparring.ui.metrics.CurveStore
import dev.sparring.ui.metrics.CurveWatch
import dev.sparring.ui.metrics.FirstLook
import dev.sparring.ui.page.ComparePage
import dev.sparring.ui.page.CurvesPage
import dev.sparring.ui.page.ExplorePage
import dev.sparring.ui.page.RunPage
import dev.sparring.ui.page.RunsPage
import dev.sparring.ui.page.Shell
import io.ktor.http.ContentType
import io.ktor.http.HttpStatusCode
import io.ktor.server.response.respondBytes
import io.ktor.server.response.respondText
import io.ktor.server.routing.Route
import io.ktor.server.routing.RoutingCall
import io.ktor.server.routing.RoutingContext
import io.ktor.server.routing.get
import io.ktor.server.routing.route
import io.ktor.server.sse.ServerSSESession
import io.ktor.server.sse.sse
import io.ktor.sse.ServerSentEvent
import java.io.IOException
import java.util.concurrent.atomic.AtomicInteger
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.channelFlow
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import kotlinx.serialization.json.add
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray

/** All addresses below the token. Runs are named by their ids, pictures by their steps. */
internal class Pages(
    private val index: RunIndex,
    private val curves: CurveStore,
    private val explorer: Explorer,
    private val program: UiHost,
) {
    private val assets = Assets()
    private val pictures = RunPictures()

    fun Route.serve(token: String) {
        route("/$token") {
            get("/") { page { RunsPage(index, shell()).html() } }
            get("/curves") { page { CurvesPage(index, chosen(), shell()).html() } }
            get("/run") { page { RunPage(index, run(), shell()).html() } }
            get("/difference") { page { ComparePage(run(), run("other"), program).html() } }
            get("/explore") { page { ExplorePage(run(), shell()).html() } }
            get("/picture") {
                bytes(ContentType.Image.PNG) { pictures.read(run(), number("step")) }
            }
            get("/progress") { json { progress() } }
            get("/window") { json { window() } }
            get("/facts") { json { explorer.facts(run()) } }
            get("/drawn") {
                bytes(ContentType.Image.PNG) {
                    explorer.draw(run(), Wish.of(call.request.queryParameters))
                }
            }
            get("/assets/{name}") { asset() }
            sse("/runs-events") { watchRuns(this) }
            sse("/curve-events") { watchCurves(this) }
        }
    }

    private fun shell() = Shell(index.title, program.version)

    private suspend fun watchRuns(session: ServerSSESession) {
        val table = RunsTable(index)
        while (true) {
            val (event, news) =
                reading {
                    try {
                        "runs" to table.news()
                    } catch (e: RunException) {
                        "problem" to "${buildJsonObject { put("problem", e.message) }}"
                    }
                }
            if (news != null) session.send(ServerSentEvent(news, event))
            // Also tells whether the browser is still there.
            else session.send(ServerSentEvent(comments = "nothing new"))
            delay(LIST_MILLIS)
        }
    }

    private suspend fun watchCurves(session: ServerSSESession) {
        val parameters = session.call.request.queryParameters
        val runs = reading { ids(parameters["runs"]).mapNotNull(index::find) }
        val figures = parameters.getAll("figure").orEmpty().distinct().take(MOST_FIGURES)
        val most = MOST_BUCKETS / maxOf(1, runs.size).coerceAtMost(MOST_BUCKETS / LEAST_BUCKETS)
        val watch = CurveWatch(curves, figures, most)
        if (runs.sumOf { FirstLook.size(it.directory) } > LOOK_FIRST) {
            session.tell(runs, watch::look)
            session.send(ServerSentEvent("{}", "looked"))
        }
        session.tell(runs, watch::news)
        session.send(ServerSentEvent("{}", "whole"))
        while (true) {
            delay(CURVE_MILLIS)
            val isNews = session.tell(runs, watch::news)
            // Also tells whether the browser is still there.
            if (!isNews) session.send(ServerSentEvent(comments = "nothing new"))
        }
    }

    /** Sends what is found out about runs, in no order: several are read at a time. */
    private suspend fun ServerSSESession.tell(
        runs: List<ListedRun>,
        news: (ListedRun) -> List<CurveWatch.Message>,
    ): Boolean {
        var said = false
        val next = AtomicInteger()
        channelFlow {
                repeat(minOf(READERS, runs.size)) {
                    launch(Dispatchers.IO) {
                        while (true) send(news(runs.getOrNull(next.getAndIncrement()) ?: break))
                    }
                }
            }
            .collect { messages ->
                for (message in messages) {
                    send(ServerSentEvent(message.data, message.event))
                    said = true
                }
            }
        return said
    }

    private fun RoutingContext.progress(): String {
        val run = run()
        val overview = index.overview(run)
        val steps = pictures.steps(run)
        // All pictures of a run are of one size.
        val size = steps.lastOrNull()?.let { pictures.size(pictures.read(run, it)) }
        return "${
            buildJsonObject {
                put("state", RunPage.state(overview))
                put("mood", RunPage.mood(overview.state))
                put("width", size?.first)
                put("height", size?.second)
                putJsonArray("steps") { steps.forEach { add(it) } }
            }
        }"
    }

    private fun RoutingContext.window(): String {
        val run = run()
        val figures = call.request.queryParameters.getAll("figure").orEmpty().take(MOST_FIGURES)
        val from =
            call.request.queryParameters["from"]?.toDoubleOrNull() ?: refuse("from", "a step")
        val to = call.request.queryParameters["to"]?.toDoubleOrNull() ?: refuse("to", "a step")
        return curves.window(run, figures, from, to) { _, found ->
            found.entries.joinToString(",", "[", "]") { (figure, buckets) ->
                CurveJson.of(run.id, figure, 0, buckets.span, buckets.coarse(1), buckets.notFinite)
            }
        }
    }

    private fun RoutingContext.run(parameter: String = "id"): ListedRun {
        val id = call.request.queryParameters[parameter].orEmpty()
        return index.find(id) ?: throw NoSuch("no such run")
    }

    private fun RoutingContext.chosen(): List<ListedRun> =
        ids(call.request.queryParameters["runs"]).mapNotNull(index::find)

    /** Of an address: separated by points, which need no escapes. */
    private fun ids(text: String?): List<String> =
        text.orEmpty().split('.').filter { it.isNotEmpty() }.distinct().take(MOST_RUNS)

    private fun RoutingContext.number(name: String): Long =
        call.request.queryParameters[name]?.takeIf { DIGITS.matches(it) }?.toLong()
            ?: refuse(name, "a number")

    private fun refuse(name: String, expected: String): Nothing =
        throw Refused("$name: expected $expected")

    private suspend fun RoutingContext.page(html: RoutingContext.() -> String) = answering {
        call.respondText(reading { html() }, ContentType.Text.Html)
    }

    private suspend fun RoutingContext.json(text: RoutingContext.() -> String) = answering {
        call.respondText(reading { text() }, ContentType.Application.Json)
    }

    private suspend fun RoutingContext.bytes(
        type: ContentType,
        bytes: RoutingContext.() -> ByteArray,
    ) = answering { call.respondBytes(reading { bytes() }, type) }

    private suspend fun RoutingContext.asset() = answering {
        val asset = assets.find(call.parameters["name"].orEmpty()) ?: throw NoSuch("no such file")
        call.respondBytes(asset.bytes, asset.type)
    }

    /** Off the threads that answer: files and engines make one wait. */
    private suspend fun <T> reading(work: () -> T): T = withContext(Dispatchers.IO) { work() }

    /** What goes wrong is a line, which the page shows. */
    @Suppress("TooGenericExceptionCaught")
    private suspend fun RoutingContext.answering(work: suspend () -> Unit) {
        try {
            work()
        } catch (e: CancellationException) {
            throw e
        } catch (e: NoSuch) {
            call.say(e.message.orEmpty(), HttpStatusCode.NotFound)
        } catch (e: Refused) {
            call.say(e.message.orEmpty(), HttpStatusCode.BadRequest)
        } catch (e: RunException) {
            call.say(e.message.orEmpty(), HttpStatusCode.UnprocessableEntity)
        } catch (e: IOException) {
            call.say(Reason.of(e), HttpStatusCode.UnprocessableEntity)
        } catch (e: RuntimeException) {
            call.say(
                "this is a fault of ours, please report it: $e",
                HttpStatusCode.InternalServerError,
            )
        }
    }

    private suspend fun RoutingCall.say(line: String, status: HttpStatusCode) =
        respondText("$line\n", ContentType.Text.Plain, status)

    companion object {
        /** Lines in one chart; more cannot be told apart. */
        const val MOST_RUNS = 500
        private const val MOST_FIGURES = 40
        private const val MOST_BUCKETS = 8192
        private const val LEAST_BUCKETS = 128
        private const val LIST_MILLIS = 2000L
        private const val CURVE_MILLIS = 700L

        /**
         * From this number of bytes on, which take more than a moment, some rows of each run come
         * first.
         */
        private const val LOOK_FIRST = 100L shl 20
        private val READERS = Runtime.getRuntime().availableProcessors()
        private val DIGITS = Regex("\\d{1,18}")
    }
}

/** Something that an address names is not there. */
internal class NoSuch(message: String) : RuntimeException(message)

/** An address asks for something that cannot be. */
internal class Refused(message: String, cause: Throwable? = null) :
    RuntimeException(message, cause) {
    companion object {
        /**
         * Does something that may fail for many reasons, all of which are the user's to read: a
         * damaged checkpoint, a missing engine, a jar with words that is not here.
         */
        @Suppress("TooGenericExceptionCaught")
        fun <T> unless(work: () -> T): T =
            try {
                work()
            } catch (e: Refused) {
                throw e
            } catch (e: Exception) {
                throw Refused(Shown.lines(e.message ?: "$e").lines().first(), e)
            } catch (e: LinkageError) {
                throw Refused("a class cannot be loaded: $e", e)
            } catch (e: OutOfMemoryError) {
                throw Refused(
                    "out of memory (${e.message}); SPARRING_JAVA_OPTS=-Xmx4g gives more",
                    e,
                )
            }
    }
}
