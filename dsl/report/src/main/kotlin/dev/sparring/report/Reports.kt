package dev.sparring.report

import dev.sparring.report.autopsy.AutopsyReport
import dev.sparring.report.run.RunReport
import dev.sparring.report.runs.RunsReport
import dev.sparring.report.sweep.SweepFolder
import dev.sparring.report.sweep.SweepReport
import dev.sparring.run.RunDirectory
import dev.sparring.run.RunException
import dev.sparring.run.RunSearch
import java.nio.file.Files
import java.nio.file.Path

/**
 * The results of a run, an autopsy, a sweep or several runs as one page of HTML that loads nothing
 * else.
 */
public interface Report {
    /** The title: the recipe's name and seed, the sweep's name, or the folder's. */
    public val title: String

    /**
     * The page.
     *
     * @param folder where it will be; links to other files start from there
     */
    public fun html(folder: Path): String
}

/** Reads run directories, and folders of sweeps and of runs. */
public object Reports {
    /** The file name of a report in the folder of its run or sweep. */
    public const val FILE: String = "report.html"

    /** The folder in a run's for its autopsy. */
    public const val AUTOPSY: String = "autopsy"

    /** The table of an autopsy, in its folder. */
    public const val AUTOPSY_TABLE: String = "autopsy.csv"

    /** Whether a folder is a sweep's, finished or not: its runs are CELL/seed-N below it. */
    @JvmStatic public fun isSweep(folder: Path): Boolean = SweepFolder.isSweep(folder)

    /**
     * Reads all that a report shows of a run directory, of a folder as `sparring sweep` leaves it,
     * finished or not, of a folder with an autopsy's table, or of any folder with several runs in
     * it.
     *
     * @throws RunException if it is none of them, or a file in it is damaged; of several runs,
     *   those that are damaged are shown as such
     */
    @JvmStatic
    public fun of(folder: Path): Report =
        when {
            AutopsyReport.isAutopsy(folder) -> AutopsyReport.of(folder)
            SweepFolder.isSweep(folder) -> SweepReport.of(folder)
            Files.isDirectory(folder) && RunDirectory(folder).isUsed ->
                RunReport.of(RunDirectory(folder))
            else -> {
                val leftOut = mutableListOf<String>()
                val runs =
                    if (!Files.isDirectory(folder)) emptyList()
                    else RunSearch.below(listOf(folder)) { leftOut += it }
                if (runs.isEmpty()) {
                    throw RunException(
                        "$folder: no runs here; expected a run directory, a folder with runs or " +
                            "a sweep's folder"
                    )
                }
                RunsReport.of(folder, runs, leftOut)
            }
        }
}
