package dev.sparring.ui

import dev.sparring.ui.explore.Explorer
import dev.sparring.ui.metrics.CurveStore
import io.ktor.http.ContentType
import io.ktor.http.HttpStatusCode
import io.ktor.server.application.Application
import io.ktor.server.application.ApplicationCallPipeline
import io.ktor.server.application.install
import io.ktor.server.cio.CIO
import io.ktor.server.cio.CIOApplicationEngine
import io.ktor.server.engine.EmbeddedServer
import io.ktor.server.engine.connector
import io.ktor.server.engine.embeddedServer
import io.ktor.server.response.respondText
import io.ktor.server.routing.routing
import io.ktor.server.sse.SSE
import java.net.BindException
import java.net.InetSocketAddress
import java.net.ServerSocket
import java.nio.file.Path
import kotlinx.coroutines.runBlocking

/**
 * Shows the runs below a folder to browsers, until it is closed. It reads only: no request changes
 * a file. Every address has a random token; without it, nothing is shown.
 *
 * @param folder where the runs are
 * @param host the address to listen on; only this machine reaches 127.0.0.1
 * @param port the port, or 0 for any that is free
 * @param program what else of it is needed
 * @throws BindException if the port is in use, or the host is no address of this machine
 */
public class UiServer(folder: Path, host: String, port: Int, program: UiHost) : AutoCloseable {
    private val access = Access(host)
    private val explorer = Explorer(program)
    private val pages = Pages(RunIndex(folder), CurveStore(), explorer, program)
    private val server: EmbeddedServer<CIOApplicationEngine, CIOApplicationEngine.Configuration>

    /** The address of the first page, token included. */
    public val address: String

    init {
        // The engine says of a failure only that it was cancelled.
        ServerSocket().use { it.bind(InetSocketAddress(host, port)) }
        server =
            embeddedServer(
                CIO,
                configure = {
                    connector {
                        this.host = host
                        this.port = port
                    }
                    // Threads wait for files only for moments.
                    shutdownGracePeriod = 0
                    shutdownTimeout = SHUTDOWN_MILLIS
                },
            ) {
                serve()
            }
        server.start(wait = false)
        val bound = runBlocking { server.engine.resolvedConnectors().first().port }
        val name = if (':' in host) "[${host.trim('[', ']')}]" else host
        address = "http://$name:$bound/${access.token}/"
    }

    private fun Application.serve() {
        install(SSE)
        intercept(ApplicationCallPipeline.Plugins) {
            access.protect(context)
            val refusal = access.refusal(context)
            if (refusal != null) {
                context.respondText("${refusal.reason}\n", ContentType.Text.Plain, refusal.status)
                finish()
            }
        }
        intercept(ApplicationCallPipeline.Fallback) {
            if (context.response.status() == null) {
                context.respondText(
                    "no such page\n",
                    ContentType.Text.Plain,
                    HttpStatusCode.NotFound,
                )
                finish()
            }
        }
        routing { with(pages) { serve(access.token) } }
    }

    /** Ends it; pages that are open say that the server is gone. */
    override fun close() {
        server.stop(0, SHUTDOWN_MILLIS)
        explorer.close()
    }

    private companion object {
        const val SHUTDOWN_MILLIS = 500L
    }
}
