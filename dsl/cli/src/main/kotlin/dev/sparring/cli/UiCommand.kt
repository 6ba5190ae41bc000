package dev.sparring.cli

import dev.sparring.dsl.RecipeFormat
import dev.sparring.file.Reason
import dev.sparring.recipe.Recipe
import dev.sparring.recipe.Train
import dev.sparring.run.RunDirectory
import dev.sparring.tensor.Engine
import dev.sparring.ui.UiHost
import dev.sparring.ui.UiServer
import java.net.BindException
import java.net.InetAddress
import java.net.SocketException
import java.net.UnknownHostException
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.Callable
import java.util.concurrent.CountDownLatch
import picocli.CommandLine.Command
import picocli.CommandLine.Mixin
import picocli.CommandLine.Option
import picocli.CommandLine.Parameters

@Command(
    name = "ui",
    description =
        [
            "Shows runs and sweeps in a browser, live while they train: curves of several runs " +
                "over each other, pictures of samples, recipes and their differences, and a " +
                "generator to play with.",
            "Prints the address, with a random token without which nothing is shown, and serves " +
                "until Ctrl-C. Only this machine can reach it, and it changes no files.",
        ],
    mixinStandardHelpOptions = true,
)
internal class UiCommand(private val terminal: Terminal) : Callable<Int> {
    @Parameters(
        paramLabel = "FOLDER",
        arity = "0..1",
        description =
            ["the runs in it and below it (default: runs, where train puts them; else this folder)"],
    )
    var folder: Path? = null

    @Option(
        names = ["--port"],
        paramLabel = "N",
        description = ["the port to listen on, 0 for any that is free (default: $PORT)"],
    )
    var port: Int = PORT

    @Option(
        names = ["--host"],
        paramLabel = "ADDRESS",
        description =
            [
                "the address to listen on (default: $LOOPBACK, this machine only); with another, " +
                    "everyone with the printed address can look, and nothing is encrypted"
            ],
    )
    var host: String = LOOPBACK

    @Mixin lateinit var engines: EngineOptions

    @Mixin val own: WordOptions = WordOptions()

    override fun call(): Int {
        val shown = folder ?: Path.of(if (Files.isDirectory(Path.of(RUNS))) RUNS else ".")
        if (!Files.isDirectory(shown)) {
            throw BadInput("$shown: no such folder; expected a folder with runs")
        }
        if (port !in 0..LAST_PORT) throw BadInput("--port must be 0 to $LAST_PORT, got $port")
        if (isForAll()) {
            terminal.error(
                "--host $host: other machines can reach these pages; the token in the address is " +
                    "all that keeps them out, and it travels unencrypted"
            )
        }
        requireEngine(engines.engine)
        parseDevice(engines.device)
        own.words
        val ended = CountDownLatch(1)
        StopOnSignal(ended::countDown).use {
            server(shown).use { server ->
                terminal.out.println(server.address)
                terminal.log("shows $shown until Ctrl-C")
                ended.await()
            }
        }
        return ExitCode.INTERRUPTED
    }

    private fun server(shown: Path): UiServer =
        try {
            UiServer(shown, host, port, Program())
        } catch (e: BindException) {
            val isOther = "in use" in e.message.orEmpty()
            throw BadInput(
                if (isOther)
                    "--port: $port is in use by another program; expected a free one, or 0 for any"
                else "--host $host, --port $port: cannot listen there: ${Reason.of(e)}",
                e,
            )
        } catch (e: SocketException) {
            throw BadInput("--host $host, --port $port: cannot listen there: ${Reason.of(e)}", e)
        }

    private fun isForAll(): Boolean =
        try {
            !InetAddress.getByName(host).isLoopbackAddress
        } catch (e: UnknownHostException) {
            throw BadInput(
                "--host: '$host' is no address of this machine; expected such as $LOOPBACK",
                e,
            )
        }

    /** What the pages use of the command line. */
    private inner class Program : UiHost {
        override val format: RecipeFormat
            get() = own.words.format

        override val version: String = Cli.version()

        override fun recipe(run: RunDirectory): Recipe =
            LoadedRecipe.of(existingRun(run.path), own.words).recipe

        override fun engine(train: Train): Engine = engines.openToLook(train, terminal::log)
    }

    private companion object {
        const val PORT = 7878
        const val LAST_PORT = 65_535
        const val LOOPBACK = "127.0.0.1"
        const val RUNS = "runs"
    }
}
