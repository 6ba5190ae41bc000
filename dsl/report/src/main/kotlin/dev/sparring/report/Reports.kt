package dev.sparring.report

import dev.sparring.report.run.RunReport
import dev.sparring.report.sweep.SweepFolder
import dev.sparring.report.sweep.SweepReport
import dev.sparring.run.RunDirectory
import dev.sparring.run.RunException
import java.nio.file.Files
import java.nio.file.Path

/** The results of a run or a sweep as one page of HTML that loads nothing else. */
public interface Report {
    /** The title: the recipe's name and seed, or the sweep's name. */
    public val title: String

    /**
     * The page.
     *
     * @param folder where it will be; links to other files start from there
     */
    public fun html(folder: Path): String
}

/** Reads run directories and folders of sweeps. */
public object Reports {
    /** The file name of a report in the folder of its run or sweep. */
    public const val FILE: String = "report.html"

    /**
     * Reads all that a report shows of a run directory, or of a folder as `sparring sweep` leaves
     * it, finished or not.
     *
     * @throws RunException if it is neither, or a file in it is damaged
     */
    @JvmStatic
    public fun of(folder: Path): Report =
        when {
            SweepFolder.isSweep(folder) -> SweepReport.of(folder)
            SweepFolder.isCell(folder) ->
                throw RunException(
                    "$folder: is one cell of a sweep; expected a run directory in it, or the sweep's folder"
                )
            Files.isDirectory(folder) && RunDirectory(folder).isUsed ->
                RunReport.of(RunDirectory(folder))
            else ->
                throw RunException(
                    "$folder: no run and no sweep here; expected a run directory or a sweep's folder"
                )
        }
}
