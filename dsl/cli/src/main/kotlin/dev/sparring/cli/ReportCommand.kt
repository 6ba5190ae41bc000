package dev.sparring.cli

import dev.sparring.file.AtomicFile
import dev.sparring.report.Reports
import dev.sparring.run.RunSearch
import java.nio.file.Path
import java.util.concurrent.Callable
import picocli.CommandLine.Command
import picocli.CommandLine.Option
import picocli.CommandLine.Parameters

@Command(
    name = "report",
    description =
        [
            "Writes the results of a run, a sweep or all runs in a folder as one HTML file that " +
                "loads nothing."
        ],
    mixinStandardHelpOptions = true,
)
internal class ReportCommand(private val terminal: Terminal) : Callable<Int> {
    @Parameters(
        paramLabel = "RUN|FOLDER",
        description = ["a run directory, a sweep's folder, or a folder with runs in it or below it"],
    )
    lateinit var folder: Path

    @Option(
        names = ["--out"],
        paramLabel = "FILE",
        description = ["the page (default: ${Reports.FILE} in that folder)"],
    )
    var output: Path? = null

    override fun call(): Int {
        val report = Reports.of(folder)
        sayOthers()
        val file = output ?: folder.resolve(Reports.FILE)
        writing(file, Reports.FILE) {
            AtomicFile.writeText(file, report.html(file.toAbsolutePath().parent))
        }
        terminal.out.println(file)
        return ExitCode.DONE
    }

    /** A run's page is about it alone, also if its folder has others. */
    private fun sayOthers() {
        if (!RunSearch.isRun(folder)) return
        // An autopsy's are in a chapter of the page.
        val autopsy = folder.resolve(Reports.AUTOPSY)
        val others =
            RunSearch.below(listOf(folder), terminal::log).drop(1).filterNot {
                it.path.startsWith(autopsy)
            }
        if (others.isNotEmpty()) {
            val first = others.first().path
            terminal.log(
                "$folder: is a run itself, and the page shows no others below it, such as $first"
            )
        }
    }
}
